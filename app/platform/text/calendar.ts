export interface CalendarEvent {
  /** Globally unique, and the same at every download. */
  uid: string;
  /** Times in UTC milliseconds; `stamp` is when the event was written. */
  stamp: number;
  start: number;
  /** Left out of the file where it is not after the start, as of a moment. */
  end: number;
  summary: string;
  url: string;
}

/** Octets in a line (RFC 5545, 3.1). */
const LINE = 75;

/** Returns an event as an iCalendar file (RFC 5545). */
export function calendarEvent({ uid, stamp, start, end, summary, url }: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Causeway//Conversations//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${time(stamp)}`,
    `DTSTART:${time(start)}`,
    ...(end > start ? [`DTEND:${time(end)}`] : []),
    `SUMMARY:${escaped(summary)}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+|[-:]/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Long lines go on in the next, after a space; no character is split. */
function folded(line: string): string {
  let length = 0;
  let text = '';
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (length + bytes > LINE) {
      text += '\r\n ';
      length = 1;
    }
    text += character;
    length += bytes;
  }
  return text;
}
