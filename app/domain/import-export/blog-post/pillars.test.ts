import { expect, test } from 'vitest';
import { pillarNamed } from './pillars';

test.each([
  ['Open-Source AI and Collaborative Research', 'open-source'],
  ['Accessible Education and Skill Development', 'education'],
  ['Distributed Infrastructure', 'infrastructure'],
  ['Inclusive Policy and Governance', 'policy'],
  ['open source models', 'open-source'],
  ['Education Policy', null],
  ['Kindness', null],
])('%s: %s', (name, slug) => {
  expect(pillarNamed(name)).toBe(slug);
});
