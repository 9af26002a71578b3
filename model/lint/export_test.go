package lint

// Table is table, for the tests of its error.
var Table = table
