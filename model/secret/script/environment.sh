# No program started here inherits a password, not even by an exported variable of the same name.
unset __locals__
__passwords__

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }
