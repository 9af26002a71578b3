#
# Variables:
__variables__
