printf '%s\n' __reason__ >&2
printf '%s\n' __failed__
exit 2
