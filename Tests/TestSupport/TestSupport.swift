// Filled by the first test that needs it.
