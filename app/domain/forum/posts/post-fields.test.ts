import { describe, expect, it } from 'vitest';
import {
  NO_DETAILS,
  onlyAsked,
  type PostDetails,
  postForm,
  storedPostForm,
  typedDetails,
} from './post-fields';

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
  it('read what they ask for, and leave the rest unsaid', () => {
    expect(postForm('report', {}).parse(TYPED).details).toEqual(REPORT);
    const thread = postForm('thread', {}).parse({ ...TYPED, barrier: ['nothing known'] });
    const { barriers: _notAsked, impact: _either, ...asked } = REPORT;
    expect(thread.details).toEqual(asked);
  });

  it('refuse what is in no vocabulary, each field by its own message', () => {
    const wrong = {
      country: 'Atlantis',
      industry: 'Z',
      barrier: ['x'],
      pillar: ['y'],
      impact: '4',
    };
    const { error } = postForm('report', {}).safeParse(wrong);
    expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['country', 'conversation.error.place'],
      ['industry', 'conversation.error.industry'],
      ['barrier', 'conversation.error.barrier'],
      ['pillar', 'conversation.error.pillar'],
      ['impact', 'barriers.error.impact'],
    ]);
  });

  it('read what was kept for later, without what cannot be read any more', () => {
    const kept = { ...TYPED, industry: 'Z', barrier: ['x'] };
    const { details } = storedPostForm('report', {}).parse(kept);
    expect(details).toEqual({ ...REPORT, industry: null, barriers: [] });
  });

  it('hold what a post says when they are opened to change it', () => {
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

describe('a reply where no barriers are reported', () => {
  it('does not say how hard one hits', () => {
    const { impact: _notAsked, ...rest } = REPORT;
    expect(onlyAsked('reply', REPORT)).toEqual(rest);
  });
});
