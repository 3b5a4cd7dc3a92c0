import { Admission } from '../job-namespace/admission/admission';
import { admissionProblems, AdmissionRules } from '../job-namespace/admission/admission-rules';
import { DRIVER_ACCOUNT, EXECUTOR_ACCOUNT } from '../job-namespace/identities/identities';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';

/** Namespaces whose applications are guarded although the program does not know them: one set of lists for all. */
export class UnknownNamespaces {
  private readonly admission: Admission;
  private readonly named = new Set<string>();

  /** @param isAll whether they are all that the program does not know, named or not */
  public constructor(
    private readonly rules: AdmissionRules | undefined,
    public readonly isAll: boolean,
  ) {
    this.admission = new Admission(rules ?? {});
    this.admission.guard();
  }

  public add(name: string): void {
    this.named.add(name);
  }

  public has(name: string): boolean {
    return this.named.has(name);
  }

  public get names(): string[] {
    return [...this.named].sort();
  }

  /** What they are admitted, in the lists that a job namespace has. */
  public readonly admitted = (): Record<string, string[]> => ({
    ...this.admission.lists,
    'driver-accounts': [DRIVER_ACCOUNT],
    'executor-accounts': [EXECUTOR_ACCOUNT],
    'package-repositories': [],
    'pod-security': [PodSecurityLevel.RESTRICTED],
    relaxed: [],
  });

  public get ruleProblems(): string[] {
    return admissionProblems(this.rules ?? {});
  }

  /** What is wrong when all namespaces are known. */
  public get problems(): string[] {
    const { isAll, names, rules } = this;
    if (!isAll && names.length === 0) {
      return rules === undefined
        ? []
        : [
            'admission is given, but no namespace is guarded that the program does not know: leave it out, or name the namespaces',
          ];
    }
    if ((rules?.imageRepositories ?? []).length > 0) return this.admission.refusals;
    const where = isAll ? 'namespaces that the program does not know' : names.join(', ');
    return [
      `no image is admitted in ${where}, so that every application there would be refused: give admission.imageRepositories, ` +
        'or a SparkJobNamespace.addToExistingNamespace for each namespace',
    ];
  }
}
