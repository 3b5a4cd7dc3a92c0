import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { throwProblems } from '../problems/errors';
import { AccessReview } from '../access/access-review';
import { reportData } from './collect-report';
import { AccessReportFormat, renderReport, reportFile } from './format';
import { checkArguments } from '../problems/property-checks';

/** Properties of an access report. */
export interface AccessReportProps {
  /**
   * The formats, and so the files: `access-report.html`, `.md`, `.mmd` (Mermaid) and `.txt`.
   *
   * @default [AccessReportFormat.HTML]
   */
  readonly formats?: AccessReportFormat[];
}

/**
 * Shows who may do what in everything that a program writes: a picture of namespaces and identities, a matrix, ways to more
 * rights, relaxed guarantees with their reasons, and what else a reviewer should know.
 *
 * Write it after `app.synth()`, next to the manifests. It adds no object to them, and the same program gives the same bytes. A
 * program that fails leaves no report.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class AccessReport {
  private readonly app: App;
  private readonly formats: readonly AccessReportFormat[];

  /**
   * @param scope the app, or any construct of it; the report is always of the whole app
   * @param props the formats
   * @throws if the scope belongs to no app, or `formats` is empty
   */
  public constructor(scope: IConstruct, props: AccessReportProps = {}) {
    checkArguments('new AccessReport', [scope, props]);
    const root = scope.node.root;
    const problems: string[] = [];
    if (!('synth' in root && 'outdir' in root)) {
      problems.push('the scope belongs to no app: pass the App, or a construct below one');
    }
    if (props.formats?.length === 0) {
      problems.push('formats is empty, so nothing would be written: name one or leave it out');
    }
    throwProblems('AccessReport', problems);
    this.app = root as App;
    this.formats = [...(props.formats ?? [AccessReportFormat.HTML])];
  }

  /**
   * Writes the report of the program as it is now.
   *
   * @param folder the folder, as a path from the working directory; by default the folder of the manifests, such as `dist`
   * @returns the files, in the order of `formats`
   */
  public write(folder: string = this.app.outdir): string[] {
    checkArguments('AccessReport.write', [folder]);
    fs.mkdirSync(folder, { recursive: true });
    return this.formats.map((format) => {
      const file = path.join(folder, reportFile(format));
      fs.writeFileSync(file, this.render(format));
      return file;
    });
  }

  /**
   * The report as text, as the program is now.
   *
   * @param format the format
   */
  public render(format: AccessReportFormat): string {
    checkArguments('AccessReport.render', [format]);
    return renderReport(reportData(AccessReview.ofApp(this.app)), format);
  }
}
