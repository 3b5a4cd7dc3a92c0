const AMOUNT = /^spark\.(?<role>driver|executor)\.resource\.(?<resource>[^.]+)\.amount$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** Vendors of resources with well-known device plugins. */
const VENDORS: Readonly<Record<string, string>> = { gpu: 'nvidia.com', fpga: 'xilinx.com' };

/**
 * What is wrong with resources such as GPUs that the configuration requests. On Kubernetes, Spark makes the name of an extended
 * resource from the vendor, a slash and the name of the resource, and requires both.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#resource-allocation-and-configuration-overview
 */
export function resourceProblems(sparkConf: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(sparkConf).flatMap((key) => {
    const { role, resource } = AMOUNT.exec(key)?.groups ?? {};
    if (role === undefined || resource === undefined) return [];
    const vendorKey = `spark.${role}.resource.${resource}.vendor`;
    const problem = vendorProblem(sparkConf, vendorKey, resource);
    return problem === undefined ? [] : [problem];
  });
}

function vendorProblem(
  sparkConf: Readonly<Record<string, unknown>>,
  vendorKey: string,
  resource: string,
): string | undefined {
  const vendor = sparkConf[vendorKey];
  const example = VENDORS[resource] ?? 'acme.dev';
  if (vendor === undefined) {
    return (
      `sparkConf["${vendorKey}"] is required, since Spark asks for <vendor>/${resource}; pass the domain of the vendor, ` +
      `as in '${vendorKey}': '${example}'`
    );
  }
  // Values of other types are reported by the check of all values.
  if (typeof vendor !== 'string' || DOMAIN.test(vendor)) return undefined;
  const domain = vendor.split('/')[0];
  const fitting = DOMAIN.test(domain) ? domain : example;
  return (
    `sparkConf["${vendorKey}"] = "${vendor}" would make Spark ask for "${vendor}/${resource}"; pass the bare domain of the ` +
    `vendor, as in '${vendorKey}': '${fitting}'`
  );
}
