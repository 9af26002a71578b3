#!/usr/bin/env bash
__shellcheck__
# Prints __method__ for Helm, which makes the pull secret from it, with the login to
__logins__
# It prints the password too, so it writes into a pipe only:
#
#   __pipe__
__variables__
#
# Other programs get the password on their standard input only, never as an argument or in a file.
__instead__
