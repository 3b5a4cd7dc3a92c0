import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Browser, chromium, Page } from 'playwright-core';

/** Where Debian's package `chromium` puts it. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** `describe`, or a skipped one with its reason where there is no browser. */
export const describeInBrowser: jest.Describe = fs.existsSync(CHROMIUM)
  ? describe
  : (((name: string, run: () => void) => {
      console.warn(`skipped: there is no ${CHROMIUM}; install Debian's package chromium, or name one with CHROMIUM`);
      describe.skip(name, run);
    }) as jest.Describe);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    // Without the last four the browser tries to reach its maker.
    args: [
      ...['--no-sandbox', '--disable-gpu', '--no-first-run'],
      ...['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

export interface OpenPage {
  readonly page: Page;
  /** Every request but that of the page itself. */
  readonly requests: readonly string[];
  /** Errors and warnings of the console, and of scripts. */
  readonly errors: readonly string[];
}

export interface PageOptions {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

/** Opens a page from a file, as a reviewer does. */
export async function open(browser: Browser, html: string, options: PageOptions = {}): Promise<OpenPage> {
  const { width = 1280, ...others } = options;
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'access-report-')), 'report.html');
  fs.writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...others });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() || requests.push(request.url()));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`file://${file}`);
  return { page, requests, errors };
}
