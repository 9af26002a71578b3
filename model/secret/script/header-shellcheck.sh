# shellcheck disable=SC1003,SC2016 # text in single quotes is meant as it is
