enum RESPTarget {}
