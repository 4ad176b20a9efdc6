enum InsightTarget {}
