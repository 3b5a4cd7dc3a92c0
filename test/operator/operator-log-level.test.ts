import { OperatorLogLevel } from '../../lib/operator/operator-log-level';
import { argsOf, messageOf, written } from './support';

test.each([
  ['ERROR', 'error', 1],
  ['WARN', 'error', 2],
  ['INFO', 'info', 3],
  ['DEBUG', 'debug', 4],
  ['TRACE', 'debug', 5],
])('%s is "%s" for releases 2.x and %d on the scale of 1.x', (name, zap, scale) => {
  const levels = [
    OperatorLogLevel.of(name),
    OperatorLogLevel.of(name.toLowerCase()),
    OperatorLogLevel.of(String(scale)),
  ];
  expect(levels.map((level) => [level.name, level.zap, level.scale])).toEqual(Array(3).fill([name, zap, scale]));
});

test.each(['', '0', '6', '1.0', 'Info', 'warning', 'fatal', ' info'])('refuses "%s", which is no level', (text) => {
  expect(messageOf(() => OperatorLogLevel.of(text))).toBe(
    `OperatorLogLevel.of: "${text}" is no log level; use one of ERROR, WARN, INFO, DEBUG, TRACE, in upper or lower case, or 1 (ERROR) to 5 (TRACE)`,
  );
});

test('controller and webhook log what happens to each application by default', () => {
  const manifests = written();
  expect([argsOf(manifests, 'controller')[2], argsOf(manifests, 'webhook')[2]]).toEqual(
    Array(2).fill('--zap-log-level=info'),
  );
});

test('controller and webhook log at the level that is given', () => {
  const manifests = written({ logLevel: OperatorLogLevel.TRACE });
  expect([argsOf(manifests, 'controller')[2], argsOf(manifests, 'webhook')[2]]).toEqual(
    Array(2).fill('--zap-log-level=debug'),
  );
});
