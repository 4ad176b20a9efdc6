enum FeaturesTarget {}
