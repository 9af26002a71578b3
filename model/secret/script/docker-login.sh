# __where__
__function__() {
  __password__=$(docker_entry __key__) || fail "cannot read $docker_config as docker's configuration" 1
  add __key__ "$__password__" __plain_key__
  note __from_docker__
}
