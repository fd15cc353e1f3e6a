import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import {
  NO_DETAILS,
  onlyAsked,
  type PostDetails,
  postForm,
  storedPostForm,
  typedDetails,
} from './post-fields';

const community = defaultCommunity();

const REPORT: PostDetails = {
  ...NO_DETAILS,
  country: 'NG',
  region: '011',
  industry: 'Q',
  barriers: ['cost', 'data'],
  pillars: ['policy'],
  impact: 2,
};

const TYPED = {
  country: 'NG',
  industry: 'Q',
  barrier: ['cost', 'data'],
  pillar: ['policy'],
  impact: '2',
};

describe('the forms that write posts', () => {
  it('read their own fields and leave the others empty', () => {
    const { writtenFrom: _notHere, ...report } = REPORT;
    expect(postForm('report', {})(community).parse(TYPED).details).toEqual(report);
    const thread = postForm(
      'thread',
      {},
    )(community).parse({ ...TYPED, barrier: ['nothing known'] });
    const { barriers: _notAsked, impact: _either, notBarrier: _nor, ...asked } = report;
    expect(thread.details).toEqual(asked);
  });

  it('read "no barrier is reported" in place of the kinds', () => {
    const { details } = postForm('reply', {})(community).parse({ barrier: ['cost', 'none'] });
    expect(details).toMatchObject({ barriers: [], notBarrier: 'author' });
    expect(typedDetails({ ...NO_DETAILS, notBarrier: 'author' }).barrier).toEqual(['none']);
  });

  it('withhold the place of a post about another one', () => {
    const form = postForm('edit', {})(community);
    const { details } = form.parse({ ...TYPED, elsewhere: '1' });
    expect(details).toMatchObject({ country: null, region: null, writtenFrom: 'NG' });
    const typed = typedDetails({ ...NO_DETAILS, ...details });
    expect(typed).toMatchObject({ country: ['NG'], elsewhere: ['1'] });
    const here = form.parse({ country: typed.country[0] }).details;
    expect(here).toMatchObject({ country: 'NG', region: '011', writtenFrom: null });
  });

  it('refuse values outside the vocabularies, with a message for each field', () => {
    const wrong = {
      country: 'Atlantis',
      industry: 'Z',
      barrier: ['x'],
      pillar: ['y'],
      impact: '4',
    };
    const { error } = postForm('report', {})(community).safeParse(wrong);
    expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['country', 'conversation.error.place'],
      ['industry', 'conversation.error.industry'],
      ['barrier', 'conversation.error.barrier'],
      ['pillar', 'conversation.error.pillar'],
      ['impact', 'barriers.error.impact'],
    ]);
  });

  it('read stored values, without those that are no longer valid', () => {
    const kept = { ...TYPED, industry: 'Z', barrier: ['x'] };
    const { details } = storedPostForm('report', {})(community).parse(kept);
    expect({ ...NO_DETAILS, ...details }).toEqual({ ...REPORT, industry: null, barriers: [] });
  });

  it('show the values of a post when editing', () => {
    expect(typedDetails(REPORT)).toMatchObject({
      country: ['NG'],
      industry: ['Q'],
      barrier: ['cost', 'data'],
      pillar: ['policy'],
      impact: ['2'],
    });
    expect(typedDetails({ ...NO_DETAILS, region: '011' }).country).toEqual(['011']);
  });
});

describe('a reply in a thread that is not for reports', () => {
  it('has no impact field', () => {
    const { impact: _notAsked, writtenFrom: _norHere, ...rest } = REPORT;
    expect(onlyAsked('reply', REPORT)).toEqual(rest);
  });
});
