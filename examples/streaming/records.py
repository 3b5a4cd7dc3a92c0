"""Writes each record of a stream to a folder of JSON files, exactly once, over restarts too.

It reads a Kafka topic, or without one makes records of its own. It runs for ever; with --available-now it ends when it has
read what is there.
"""

import argparse
import os
import pathlib
import time

from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
parser.add_argument("--output", required=True)
parser.add_argument("--servers")
parser.add_argument("--topic")
parser.add_argument("--available-now", action="store_true")
arguments = parser.parse_args()


def records(spark):
    if arguments.topic is None:
        return spark.readStream.format("rate").option("rowsPerSecond", 10).load()
    reader = (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", arguments.servers)
        .option("subscribe", arguments.topic)
        # Only at the first start; later the checkpoint says where to go on.
        .option("startingOffsets", "earliest")
    )
    limit = os.environ.get("SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER")
    if limit is not None:
        reader = reader.option("maxOffsetsPerTrigger", limit)
    return reader.load().selectExpr("CAST(value AS STRING) AS value", "partition", "offset")


def run(query):
    """Runs the query until somebody removes the file that says so."""
    path = os.environ.get("SPARK_STREAMING_RUN_FILE")
    if path is None:
        query.awaitTermination()
        return
    run_file = pathlib.Path(path)
    run_file.touch()
    while run_file.exists() and not query.awaitTermination(1):
        pass
    # stop() interrupts a batch that runs; between two triggers there is none.
    while query.isActive and query.status["isTriggerActive"]:
        time.sleep(0.1)
    query.stop()


spark = SparkSession.builder.getOrCreate()
# Without an interval a batch begins when the one before it has ended.
interval = os.environ.get("SPARK_STREAMING_TRIGGER_INTERVAL", "0 seconds")
trigger = {"availableNow": True} if arguments.available_now else {"processingTime": interval}
run(
    records(spark)
    .writeStream.queryName("records")
    .format("json")
    .option("path", arguments.output)
    .option("checkpointLocation", os.environ["SPARK_CHECKPOINT_LOCATION"])
    .trigger(**trigger)
    .start()
)
spark.stop()
