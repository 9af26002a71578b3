docker_config=${DOCKER_CONFIG:-$HOME/.docker}/config.json
[ -r "$docker_config" ] || fail "cannot read $docker_config; set DOCKER_CONFIG to the folder of docker's config.json"

# kubectl finds the entry, so that no other program is needed. It gets the file on its standard input, and only the one
# entry goes on. What it says of a file that it cannot read would show the file.
docker_entry() { # key as JSON
  printf '{"apiVersion":"docker/v1","kind":"Config","metadata":{"name":"config"},"config":%s}' "$(cat <"$docker_config")" |
    kubectl label --local --filename=- from=docker 2>/dev/null --output go-template='
{{- $helper := ""}}{{with .config.credsStore}}{{$helper = .}}{{end}}
{{- with .config.credHelpers}}{{with index . '"$1"'}}{{$helper = .}}{{end}}{{end}}
{{- if $helper}}helper={{$helper}}{{else}}{{with .config.auths}}{{with index . '"$1"'}}
{{- if .identitytoken}}token={{else if .auth}}auth={{.auth}}{{end}}{{end}}{{end}}{{end}}'
}

add() { # key as JSON, what docker_entry printed, key
  case $2 in
    helper=*) fail "docker keeps the login to $3 in the helper ${2#helper=} (credsStore or credHelpers in $docker_config), not in the file; make a script without --from-docker-config, and give it the login" ;;
    token=*) fail "docker's login to $3 is an identity token, which the kubelet cannot use and which soon ends; make a script without --from-docker-config, and give it a login that lasts" ;;
    auth=*[!A-Za-z0-9+/=]* | auth=) fail "the login to $3 in $docker_config cannot be read" ;;
    auth=*) auths="$auths${auths:+,}$1:{\"auth\":\"${2#auth=}\"}" ;;
    *) fail "docker has no login to $3 in $docker_config; run: docker login $3" ;;
  esac
}
