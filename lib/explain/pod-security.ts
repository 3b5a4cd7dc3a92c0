import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { listed } from './phrases';
import { Passage, passages, squeezed } from './squeezed-text';

const REFUSAL = squeezed(
  /(?: (?<kind> pods | [a-z.]{1,100}?) "(?<name> [^"]{1,253})" is forbidden: )? violates PodSecurity "(?<level> restricted | baseline) : (?<version> [a-z0-9.]{1,20}) " /g,
);

/** The rules as the API server names them, and which property of the library meets each. */
const RULES: readonly { readonly text: string; readonly property: string }[] = [
  { text: 'allowPrivilegeEscalation != false', property: 'allowPrivilegeEscalation is false in every container' },
  { text: 'unrestricted capabilities', property: 'every container drops ALL capabilities' },
  { text: 'non-default capabilities', property: 'every container drops ALL capabilities and adds none' },
  { text: 'runAsNonRoot != true', property: 'the pods run as user 185, not root' },
  { text: 'runAsUser=0', property: 'the pods run as user 185, not root: take runAsUser 0 out of the template' },
  { text: 'seccompProfile', property: 'the pods have seccomp profile RuntimeDefault, or the one of seccompProfile' },
  { text: 'hostPath volumes', property: 'writableDirectories take the place of host paths' },
  {
    text: 'restricted volume types',
    property: 'writableDirectories and localDirectories take kinds of volumes that are admitted',
  },
  { text: 'host namespaces', property: 'the pods are in no namespace of the node' },
  { text: 'hostPort', property: 'no container has a port of the node' },
  { text: 'privileged', property: 'no container is privileged' },
  { text: 'seLinuxOptions', property: 'no SELinux options are set' },
  { text: 'procMount', property: 'no procMount is set' },
  { text: 'forbidden sysctls', property: 'no kernel settings are set' },
  { text: 'forbidden AppArmor profiles', property: "AppArmor keeps the node's profile" },
  { text: 'hostProcess', property: 'no container is a Windows host process' },
];

const SPARK_CONTAINER = /^spark-kubernetes-(driver|executor)$/;

export function explainPodSecurity(text: string, program: ExplainedProgram): Explanation[] {
  const found = passages(text, REFUSAL);
  const byPod = new Map(found.map((passage) => [`${passage.groups.name} ${passage.groups.level}`, passage]));
  return [...byPod.values()].map((passage) => explanation(passage, program));
}

function explanation({ groups, rest: own }: Passage, program: ExplainedProgram): Explanation {
  const { name, level, version } = groups;
  const containers = [...new Set([...own.matchAll(/containers?((?:"[^"]{1,63}",?)+)/g)].flatMap(namesOf))];
  const role = roleOf(name, containers);
  const application = applicationName(name, role);
  const broken = RULES.filter((rule) => own.includes(rule.text.replace(/ /g, '')));
  const known = application === undefined ? undefined : program.application(application);
  const others = containers.filter((container) => !SPARK_CONTAINER.test(container));
  return {
    kind: 'pod-security',
    what: `Pod Security admission refuses ${name === undefined ? 'a pod' : `the pod "${name}"`}: its namespace enforces ${level} (${version})`,
    who: {
      driver: "the operator's controller, which makes the driver's pod from the application",
      executor: "the driver, which makes the executors' pods from the application",
      other: 'whoever makes the pod; no right is missing',
    }[role],
    lacks:
      broken.length === 0
        ? 'no right; what the pod lacks is cut off'
        : `no right; the pod breaks the rules of ${listed(broken.map(({ text }) => text))}`,
    program:
      known === undefined || application === undefined
        ? undefined
        : `has an application "${application}" in it: if that is a SecureSparkApplication, the one in the cluster is another or an older one; apply the program`,
    advice: [
      `use SecureSparkApplication, which meets restricted${
        broken.length === 0 ? '' : `: ${listed(broken.map(({ property }) => property))}`
      }; do not lower the level of the namespace`,
      ...(others.length === 0
        ? []
        : [
            `${listed(others.map((container) => `"${container}"`))}: give it as a sidecar or init container of the application (driver.sidecars, driver.initContainers), which are hardened too; what something else adds to the pod, such as a mesh, has to be told not to`,
          ]),
    ].join('. '),
    remedies: [
      {
        code: `new SecureSparkApplication(chart, '${application ?? 'name'}', { jobNamespace, image, main });`,
      },
    ],
    variables: 'chart is the chart that it is in; the properties are those of the SparkApplication in its place',
  };
}

function namesOf(match: RegExpMatchArray): string[] {
  return [...match[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name);
}

function roleOf(pod: string | undefined, containers: readonly string[]): 'driver' | 'executor' | 'other' {
  if (containers.includes('spark-kubernetes-driver') || pod?.endsWith('-driver') === true) return 'driver';
  if (containers.includes('spark-kubernetes-executor') || /-exec-\d+$/.test(pod ?? '')) return 'executor';
  return 'other';
}

function applicationName(pod: string | undefined, role: 'driver' | 'executor' | 'other'): string | undefined {
  return role === 'driver' && pod?.endsWith('-driver') === true ? pod.slice(0, -'-driver'.length) : undefined;
}
