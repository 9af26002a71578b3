  check_user "$user"
