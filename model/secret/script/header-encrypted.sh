#!/usr/bin/env bash
__shellcheck__
# Prints the pull secret __name__ for __places__, encrypted, with the login to
__logins__
# What it prints can be kept in git:
#
#   bash __file__ > __output__
#
__about__
__variables__
#
# Other programs get the password on their standard input only, never as an argument or in a file.
__instead__
