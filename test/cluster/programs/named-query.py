"""Writes a stream of records to a folder, with a query that has a name and is not told where its checkpoint lies."""

import sys

from pyspark.sql import SparkSession

(
    SparkSession.builder.getOrCreate()
    .readStream.format("rate")
    .option("rowsPerSecond", 10)
    .load()
    .writeStream.queryName("counted")
    .format("json")
    .option("path", sys.argv[1])
    .trigger(processingTime="3 seconds")
    .start()
    .awaitTermination()
)
