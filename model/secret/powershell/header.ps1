# Makes the pull secret __name__ in __places__, with the login to
__logins__
# Safe to run again: the secret is then replaced. Runs in Windows PowerShell 5.1 and PowerShell 7.
#
#   powershell -ExecutionPolicy Bypass -File __file__
__variables__
#
# Other programs get the password on their standard input only, never as an argument or in a file.
__instead__
