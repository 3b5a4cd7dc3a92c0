"""Stores as Hadoop's file systems reach them."""

import glob
import os
import sys

from decisions import File


def open_store(settings):
    jvm = start_java()
    configuration = jvm.org.apache.hadoop.conf.Configuration()
    for key, value in settings["hadoop"].items():
        configuration.set(key, value)
    root = settings["root"]
    file_system = jvm.org.apache.hadoop.fs.FileSystem.get(jvm.java.net.URI(root), configuration)
    store = S3Store if root.startswith("s3a:") else HadoopStore
    return store(jvm, file_system, root)


def start_java():
    """Java with the JARs of the image's Spark, and no Spark session."""
    home = os.environ.setdefault("SPARK_HOME", "/opt/spark")
    sys.path[:0] = glob.glob(f"{home}/python/lib/*.zip")
    from pyspark.java_gateway import launch_gateway

    return launch_gateway().jvm


class HadoopStore:
    """Any file system of Hadoop."""

    def __init__(self, jvm, file_system, root):
        self._jvm = jvm
        self._file_system = file_system
        self._root = root
        self._above = len(jvm.java.net.URI(root).getPath()) + 1

    def folders(self, folder):
        try:
            found = list(every(self._file_system.listStatusIterator(self._path(folder))))
        except Exception as error:
            if is_missing(error):
                return []
            raise
        return sorted(self._relative(status) for status in found if status.isDirectory())

    def files(self, folder):
        found = every(self._file_system.listFiles(self._path(folder), True))
        return [
            File(self._relative(status), status.getModificationTime() / 1000, status.getLen())
            for status in found
        ]

    def remove(self, folder, files):
        # The store would remove a folder in an order of its own, and with what has come into it meanwhile.
        for file in files:
            self._file_system.delete(self._path(file.path), False)
        if self._has_files(folder):
            raise RuntimeError("files are left, or have come meanwhile; they stay")
        path = self._path(folder)
        if not self._file_system.delete(path, True) and self._file_system.exists(path):
            raise RuntimeError("the store has not removed the empty folder, and does not say why")

    def _has_files(self, folder):
        try:
            return len(self.files(folder)) > 0
        except Exception as error:
            if is_missing(error):
                return False
            raise

    def _path(self, path):
        return self._jvm.org.apache.hadoop.fs.Path(f"{self._root}/{path}")

    def _relative(self, status):
        return status.getPath().toUri().getPath()[self._above :]


class S3Store:
    """
    A bucket by the client of Hadoop's file system.

    The file system itself asks for the head of each object that it removes, for which it needs the right to read it, and
    leaves the objects that stand for folders.
    """

    PAGE = 1000

    def __init__(self, jvm, file_system, root):
        self._models = jvm.software.amazon.awssdk.services.s3.model
        self._lists = jvm.java.util.ArrayList
        self._client = file_system.getS3AInternals().getAmazonS3Client("clean-up of checkpoints")
        self._bucket = file_system.getBucket()

    def folders(self, folder):
        pages = self._pages(self._request(folder).delimiter("/"))
        return sorted(each.prefix().rstrip("/") for page in pages for each in page.commonPrefixes())

    def files(self, folder):
        return [
            File(each.key(), each.lastModified().getEpochSecond(), each.size())
            for page in self._pages(self._request(folder))
            for each in page.contents()
        ]

    def remove(self, folder, files):
        for start in range(0, len(files), self.PAGE):
            self._remove_page([file.path for file in files[start : start + self.PAGE]])

    def _remove_page(self, keys):
        objects = self._lists()
        for key in keys:
            objects.add(self._models.ObjectIdentifier.builder().key(key).build())
        delete = self._models.Delete.builder().objects(objects).quiet(True).build()
        request = self._models.DeleteObjectsRequest.builder().bucket(self._bucket).delete(delete).build()
        errors = self._client.deleteObjects(request).errors()
        if len(errors) > 0:
            raise RuntimeError(f"{len(errors)} objects are not removed, such as {errors[0].key()}: {errors[0].message()}")

    def _request(self, folder):
        return self._models.ListObjectsV2Request.builder().bucket(self._bucket).prefix(f"{folder}/")

    def _pages(self, request):
        return every(self._client.listObjectsV2Paginator(request.build()).iterator())


def is_missing(error):
    """Whether an error of Java says that there is no such folder."""
    cause = getattr(error, "java_exception", None)
    while cause is not None:
        if cause.getClass().getName() == "java.io.FileNotFoundException":
            return True
        cause = cause.getCause()
    return False


def every(iterator):
    while iterator.hasNext():
        yield iterator.next()
