enum TestSupportTarget {}
