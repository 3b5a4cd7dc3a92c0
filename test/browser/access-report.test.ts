/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Browser, Page } from 'playwright-core';
import { htmlReport } from '../../lib/report/html';
import { AccessReportData } from '../../lib/report/report-data';
import { dataOf, hostileData, platformOf } from '../report/programs';
import { describeInBrowser, launch, open } from './browser';
import { lowContrasts } from './contrast';

describeInBrowser('the page of the access report', () => {
  let browser: Browser;
  let few: string;
  let many: string;

  beforeAll(async () => {
    browser = await launch();
    few = htmlReport(withFindings(dataOf(platformOf(5))));
    many = htmlReport(dataOf(platformOf(200)));
  });

  afterAll(() => browser.close());

  test.each(['light', 'dark'] as const)('loads in %s without a request or an error', async (colorScheme) => {
    const { page, requests, errors } = await open(browser, few, { colorScheme });
    expect(await page.title()).toBe('Access report');
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  test('runs no script and makes no request, whatever stands in the manifests', async () => {
    const { page, requests, errors } = await open(browser, htmlReport(hostileData()));
    expect(await page.title()).toBe('Access report');
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, object, link[rel="stylesheet"]').count()).toBe(0);
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  test('its policy stops a script that would have got in', async () => {
    const infected = few.replace(
      '</main>',
      '<img src="x" onerror="document.title=1"><script>document.title=2</script></main>',
    );
    const { page, errors } = await open(browser, infected);
    expect(await page.title()).toBe('Access report');
    expect(errors.join()).toContain('Content Security Policy');
  });

  test.each(['light', 'dark'] as const)('has a contrast of at least 4.5 for all text in %s', async (colorScheme) => {
    const { page } = await open(browser, few, { colorScheme });
    await unfold(page);
    expect(await lowContrasts(page, 4.5)).toEqual([]);
  });

  test('tells when a text has too little contrast', async () => {
    const { page } = await open(browser, few.replace('--minor: light-dark(#4e5a6b', '--minor: light-dark(#a0a0a0'), {
      colorScheme: 'light',
    });
    expect((await lowContrasts(page, 4.5)).length).toBeGreaterThan(5);
  });

  test('changes its colors by the keyboard, against what the system prefers', async () => {
    const { page } = await open(browser, few, { colorScheme: 'light' });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('radio', { name: 'Auto' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await background()).toBe(light);
    await page.keyboard.press('ArrowRight');
    expect(await background()).not.toBe(light);
    expect(await lowContrasts(page, 4.5)).toEqual([]);
  });

  test('is searched by the keyboard alone, and Escape shows everything again', async () => {
    const { page } = await open(browser, many);
    const rows = page.locator('#matrix tbody tr:visible');
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.id === 'search')) break;
    }
    await page.keyboard.type('team-014');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().innerText()).toContain('acme:team-014-engineers');
    expect(await page.getByRole('status').innerText()).toMatch(/^\d+ of \d+$/);
    await page.keyboard.press('Escape');
    expect(await page.locator('#matrix tbody tr:not([hidden])').count()).toBeGreaterThan(200);
    expect(await page.locator('#matrix > details').getAttribute('open')).toBeNull();
  });

  test('goes to the search with a slash, and says where nothing fits', async () => {
    const { page } = await open(browser, few);
    await page.keyboard.press('/');
    await page.keyboard.type('no such thing');
    expect(await page.getByText('Nothing here fits the search.').locator('visible=true').count()).toBeGreaterThan(2);
  });

  test('unfolds with Enter, and shows where the focus is', async () => {
    const { page } = await open(browser, few);
    const rights = page.locator('#R1');
    await page.locator('#R1 > summary').focus();
    expect(await rights.locator('table').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    expect(await rights.locator('table').isVisible()).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
  });

  test('opens what a link leads to', async () => {
    const { page } = await open(browser, few);
    await page.locator('#matrix a[href="#R2"]').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#R2 table').waitFor({ state: 'visible' });
    expect(await page.evaluate(() => location.hash)).toBe('#R2');
  });

  test('reaches everything that acts with the Tab key', async () => {
    const { page } = await open(browser, few);
    const mouseOnly = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[onclick], .scroll, summary, a, input')]
        .filter((element) => element.checkVisibility() && element.tabIndex < 0)
        .map(({ outerHTML }) => outerHTML.slice(0, 60)),
    );
    expect(mouseOnly).toEqual([]);
  });

  test.each([400, 1280])('has no sideways scrolling of the page at %i pixels, folded or not', async (width) => {
    for (const html of [few, many, htmlReport(hostileData())]) {
      const { page } = await open(browser, html, { width });
      const widths = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await widths()).toBe(width);
      await unfold(page);
      expect(await widths()).toBe(width);
    }
  });

  test('shows 200 namespaces folded, in less than 2 MiB', async () => {
    expect(Buffer.byteLength(many)).toBeLessThan(2 * 2 ** 20);
    const { page } = await open(browser, many);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(9000);
    expect(await page.locator('svg:visible .lane').count()).toBeLessThan(12);
    await page.getByText('Each of the 200 namespaces').focus();
    await page.keyboard.press('Enter');
    await page.locator('.cards summary').nth(13).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.cards details[open] svg').getAttribute('aria-label')).toBe('Who reaches team-014');
  });

  test('works without JavaScript: everything is there, and unfolds', async () => {
    const { page } = await open(browser, few, { javaScriptEnabled: false });
    expect(await page.getByRole('search').count()).toBe(0);
    await page.locator('#R1 > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#R1 table').isVisible()).toBe(true);
    await page.getByRole('radio', { name: 'Dark' }).check();
  });

  test('prints everything, also what is folded, and no controls', async () => {
    const { page } = await open(browser, few);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#R1 table').isVisible()).toBe(true);
    expect(await page.locator('.bar').isVisible()).toBe(false);
    expect(await lowContrasts(page, 4.5)).toEqual([]);
  });

  test('has one main heading, landmarks, and headings in order', async () => {
    const { page } = await open(browser, few);
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1])),
    );
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    for (const role of ['banner', 'main', 'navigation', 'contentinfo', 'search'] as const) {
      expect(await page.getByRole(role).count()).toBe(1);
    }
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    expect(await page.locator('svg:not([aria-label])').count()).toBe(0);
  });
});

/** A finding of each severity, so that every style is on the page. */
function withFindings(data: AccessReportData): AccessReportData {
  const findings = (['high', 'medium', 'design'] as const).map((severity) => ({
    ...{ severity, title: `a way that is ${severity}`, identity: data.identities[0].key, namespace: 'team-001' },
    ...{ gain: 'the rights of backup', steps: ['reads a token', 'uses it'], remedy: 'take the right away' },
  }));
  return {
    ...data,
    findings,
    problems: [{ source: 'dist/a.yaml, document 1', path: '', code: 'yaml-broken', message: 'broken YAML' }],
  };
}

function unfold(page: Page): Promise<void> {
  return page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
}
