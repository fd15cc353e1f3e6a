import { describe, expect, it } from 'vitest';
import { touchedKeys, writtenTable } from './cache-tags';

describe('writtenTable', () => {
  it.each([
    ['select "id" from "posts"', null],
    ['insert into "posts" ("id") values (?)', 'posts'],
    ['insert into search_text (rowid) values (?)', 'search_text'],
    ['update "threads" set "title" = ?', 'threads'],
    ['delete from "limits" where "expires_at" <= ?', 'limits'],
    ['with gone as (select 1) delete from "posts"', '?'],
    ['create table x (y)', '?'],
  ])('%s', (statement, table) => {
    expect(writtenTable(statement)).toBe(table);
  });
});

describe('touchedKeys', () => {
  it('is none for what stands on no page', () => {
    expect(touchedKeys(['limits', 'sessions', 'mails'], [])).toEqual([]);
    expect(touchedKeys(['drafts'], ['thread:1'])).toEqual([]);
  });

  it('is everything for what says nothing, and for what nobody knows', () => {
    expect(touchedKeys(['posts'], [])).toEqual(['all']);
    expect(touchedKeys(['a_table_of_tomorrow'], [])).toEqual(['all']);
    expect(touchedKeys(['?'], ['thread:1'])).toEqual(['all']);
  });

  it('is a thread and the lists for a write that says so', () => {
    expect(touchedKeys(['posts', 'limits'], ['thread:1'])).toEqual(['posts', 'thread:1']);
  });

  it('does not believe a write that changes more than it says', () => {
    expect(touchedKeys(['posts', 'users'], ['thread:1'])).toEqual(['all']);
  });
});
