"""Says what driver and executor may do in their containers, one JSON line a role."""
import json
import os
import tempfile

from pyspark.sql import SparkSession


def write(folder):
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return "written"
    except OSError as error:
        return error.strerror


def status(field):
    with open("/proc/self/status") as file:
        return next(line.split()[1] for line in file if line.startswith(field + ":"))


def inspect(role):
    return json.dumps({
        "role": role,
        "user": os.getuid(),
        "group": os.getgid(),
        "capabilities": status("CapEff"),
        "noNewPrivileges": status("NoNewPrivs"),
        "seccomp": status("Seccomp"),
        "token": os.path.exists("/var/run/secrets/kubernetes.io/serviceaccount/token"),
        "writes": {folder: write(folder) for folder in
                   ["/", "/opt/spark", "/opt/spark/jars", "/etc", "/usr/bin", "/var", "/home",
                    "/tmp", "/opt/spark/work-dir", "/scratch", "/var/data/spark-local-dir-1"]},
    })


spark = SparkSession.builder.getOrCreate()
print(inspect("driver"))
print(spark.sparkContext.parallelize([0], 1).map(lambda _: inspect("executor")).collect()[0])
print("java.io.tmpdir", spark._jvm.java.lang.System.getProperty("java.io.tmpdir"))
conf = spark.sparkContext.getConf()
print("encrypted", conf.get("spark.network.crypto.enabled"), conf.get("spark.io.encryption.enabled"))
spark.stop()
