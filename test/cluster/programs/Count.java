package test;

import java.lang.reflect.Method;

/** Counts a range with Spark, which is only there at run time. */
public final class Count {
  public static void main(String[] args) throws Exception {
    Object builder = Class.forName("org.apache.spark.sql.SparkSession").getMethod("builder").invoke(null);
    Object session = call(builder, "getOrCreate");
    Method range = Class.forName("org.apache.spark.sql.SparkSession").getMethod("range", long.class);
    Object numbers = range.invoke(session, Long.parseLong(args[0]));
    System.out.println("The count is " + Class.forName("org.apache.spark.sql.Dataset").getMethod("count").invoke(numbers));
    Class.forName("org.apache.spark.sql.SparkSession").getMethod("stop").invoke(session);
  }

  private static Object call(Object target, String method) throws Exception {
    Method found = target.getClass().getMethod(method);
    return found.invoke(target);
  }
}
