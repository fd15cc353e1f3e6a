import { describe, expect, it } from 'vitest';
import { regions, WORLD } from './places';
import { type RegionNode, regionTree } from './region-tree';

const codes = (nodes: RegionNode[]): string[] =>
  nodes.flatMap((node) => [node.code, ...codes(node.regions)]);

describe('the tree of regions', () => {
  it('holds every region once, below the world', () => {
    const all = regions.map((region) => region.code).filter((code) => code !== WORLD);
    expect(codes(regionTree('world', 'en')).sort()).toEqual([...all].sort());
  });

  it('is sorted and named in the language', () => {
    const names = (locale: string) => regionTree('world', locale).map((node) => node.name);
    expect(names('en')).toEqual(['Africa', 'Americas', 'Asia', 'Europe', 'Oceania']);
    expect(names('fr')).toEqual(['Afrique', 'Amériques', 'Asie', 'Europe', 'Océanie']);
  });
});
