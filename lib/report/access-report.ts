import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Problems } from '../problems/errors';
import { AccessReview } from '../access/access-review';
import { reportData } from './collect-report';
import { AccessReportFormat, renderReport, reportFile } from './format';

/** Properties of an access report. */
export interface AccessReportProps {
  /**
   * Where the report is written, as a path from the folder that the program runs in.
   *
   * @default - the folder of the manifests, such as `dist`
   */
  readonly folder?: string;

  /**
   * How it is written: `access-report.html`, `.md`, `.mmd` (Mermaid) and `.txt`.
   *
   * @default [AccessReportFormat.HTML]
   */
  readonly formats?: AccessReportFormat[];
}

/**
 * Shows who may do what in everything that a program writes: a picture of namespaces and identities, a matrix, ways to more
 * rights, relaxed guarantees with their reasons, and what else a reviewer should know.
 *
 * The report is written by `app.synth()`, after the manifests and beside them. It adds no object to them, and the same
 * program gives the same bytes. A program that fails leaves no report.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class AccessReport extends Construct {
  private readonly app: App;

  /**
   * An error is thrown if the scope belongs to no app, or `formats` names none.
   *
   * @param scope the app, or any construct of it; the report is always of the whole app
   * @param id the construct's id
   * @param props where and how it is written
   */
  public constructor(scope: Construct, id = 'AccessReport', props: AccessReportProps = {}) {
    super(scope, id);
    const { root } = this.node;
    const problems = new Problems(this);
    if (!(root instanceof Construct && 'synth' in root && 'outdir' in root)) {
      problems.add('belongs to no app, so nothing would write it: give it the App, or a construct below one, as scope');
    }
    if (props.formats?.length === 0)
      problems.add('formats is empty, so nothing would be written: name one or leave it out');
    problems.throwIfAny();
    this.app = root as App;
    this.writeAfterSynth(props.folder ?? this.app.outdir, [...(props.formats ?? [AccessReportFormat.HTML])]);
  }

  /**
   * The report as text, as the program is now.
   *
   * @param format how it is written
   */
  public render(format: AccessReportFormat): string {
    return renderReport(reportData(AccessReview.ofApp(this.app)), format);
  }

  /** cdk8s has no hook after synth: validations run before anything is rendered, and once for each chart. */
  private writeAfterSynth(folder: string, formats: readonly AccessReportFormat[]): void {
    const synth = this.app.synth.bind(this.app);
    this.app.synth = () => {
      synth();
      fs.mkdirSync(folder, { recursive: true });
      for (const format of formats) fs.writeFileSync(path.join(folder, reportFile(format)), this.render(format));
    };
  }
}
