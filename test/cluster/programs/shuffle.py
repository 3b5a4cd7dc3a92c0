"""Sums through a shuffle, so that both roles write to their local directories; fails on request."""
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
total = spark.sparkContext.parallelize(range(1000), 4).map(lambda n: (n % 7, n)).reduceByKey(lambda a, b: a + b).values().sum()
print("The sum is", total)
spark.stop()
if "fail" in sys.argv[1:]:
    sys.exit("fails on purpose")
