import { expect, it } from 'vitest';
import { calendarEvent } from './calendar';

const event = {
  uid: 'c1@example.org',
  stamp: Date.parse('2026-11-01T08:00:00Z'),
  start: Date.parse('2026-11-02T09:30:00Z'),
  end: Date.parse('2026-12-01T00:00:00.500Z'),
  summary: 'Water',
  url: 'https://example.org/c/water',
};

it('writes times in UTC without fractions, and one event', () => {
  expect(calendarEvent(event).split('\r\n')).toEqual([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Causeway//Conversations//EN'],
    ...['BEGIN:VEVENT', 'UID:c1@example.org', 'DTSTAMP:20261101T080000Z'],
    ...['DTSTART:20261102T093000Z', 'DTEND:20261201T000000Z', 'SUMMARY:Water'],
    ...['URL:https://example.org/c/water', 'END:VEVENT', 'END:VCALENDAR', ''],
  ]);
});

it('escapes what separates values, and folds lines without splitting a character', () => {
  const summary = `${'مياه '.repeat(20)}; a, b\\c`;
  const lines = calendarEvent({ ...event, summary }).split('\r\n');
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  const unfolded = lines.join('\r\n').replaceAll('\r\n ', '');
  expect(unfolded).toContain(`SUMMARY:${'مياه '.repeat(20)}\\; a\\, b\\\\c\r\n`);
});

it('has no end where it is a moment, such as the last one for answers', () => {
  expect(calendarEvent({ ...event, end: event.start })).not.toContain('DTEND');
});
