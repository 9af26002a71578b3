say __expires__
