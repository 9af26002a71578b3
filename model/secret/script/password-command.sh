  __password__=$(__command__) || fail __failed__ 1
