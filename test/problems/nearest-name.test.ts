import { nearestName } from '../../lib/problems/nearest-name';

test.each([
  ['excutor', 'executor'],
  ['Executors', 'executor'],
  ['driverr', 'driver'],
  ['sparkconf', 'sparkConf'],
  ['hadopConf', 'hadoopConf'],
])('%s is near to %s', (name, nearest) => {
  expect(nearestName(name, ['driver', 'executor', 'sparkConf', 'hadoopConf'])).toBe(nearest);
});

test.each(['monitoring', 'x', ''])('"%s" is near to none', (name) => {
  expect(nearestName(name, ['driver', 'executor', 'sparkConf'])).toBeUndefined();
});
