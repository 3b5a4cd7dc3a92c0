import { SparkRole } from '../../lib/spark/spark-role';
import { makePlain, secureRefusal, secureSpec } from '../application/fixtures';
import { messageOf, newChart } from '../job-namespace/manifests';

describe.each(Object.values(SparkRole))('resources of the %s', (role) => {
  const prefix = `spark.${role}.resource`;

  test.each([
    ['gpu', 'nvidia.com'],
    ['fpga', 'xilinx.com'],
    ['qat', 'acme.dev'],
  ])('need a vendor: %s (case 8)', (resource, example) => {
    const sparkConf = { [`${prefix}.${resource}.amount`]: '1' };
    const vendor = `${prefix}.${resource}.vendor`;
    const refusal =
      `test/sessions: sparkConf["${vendor}"] is required, since Spark asks for <vendor>/${resource}; ` +
      `pass the domain of the vendor, as in '${vendor}': '${example}'`;
    expect(secureRefusal({ sparkConf })).toBe(refusal);
    expect(messageOf(() => makePlain(newChart(), { sparkConf }))).toBe(refusal);
    expect(secureSpec({ sparkConf: { ...sparkConf, [vendor]: example } }).sparkConf).toMatchObject({
      [vendor]: example,
    });
  });

  test.each([
    ['nvidia.com/gpu', 'nvidia.com'],
    ['amd.com/', 'amd.com'],
    ['NVIDIA', 'nvidia.com'],
    ['', 'nvidia.com'],
  ])('have the bare domain of a vendor, and not "%s" (case 8)', (vendor, fitting) => {
    const sparkConf = { [`${prefix}.gpu.amount`]: '1', [`${prefix}.gpu.vendor`]: vendor };
    expect(secureRefusal({ sparkConf })).toBe(
      `test/sessions: sparkConf["${prefix}.gpu.vendor"] = "${vendor}" would make Spark ask for "${vendor}/gpu"; ` +
        `pass the bare domain of the vendor, as in '${prefix}.gpu.vendor': '${fitting}'`,
    );
    const right = { ...sparkConf, [`${prefix}.gpu.vendor`]: fitting };
    expect(secureSpec({ sparkConf: right }).sparkConf).toMatchObject(right);
  });
});

test('an amount for tasks needs no vendor', () => {
  const sparkConf = { 'spark.task.resource.gpu.amount': '0.5' };
  expect(secureSpec({ sparkConf }).sparkConf).toMatchObject(sparkConf);
});
