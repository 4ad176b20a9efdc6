enum InterchangeTarget {}
