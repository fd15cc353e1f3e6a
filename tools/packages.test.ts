import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readReport } from './audit.mjs';

/** How packages are called that are run and not imported. */
const RUN_AS: Record<string, string> = { 'dependency-cruiser': 'depcruise', typescript: 'tsc' };

it('every package is used', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const packages = Object.keys({ ...dependencies, ...devDependencies });
  const files = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx', '*.mjs', '*.js', '*.json'])
    .toString()
    .split('\0')
    .filter((file) => file && !/^package(-lock)?\.json$|^db\/(migrations|seed)\/.*json$/.test(file))
    // To list a package in the build is not to use it.
    .filter((file) => !/packages\.test\.ts$|^vite\.config\.ts$/.test(file));
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const isUsed = (name: string): boolean => {
    if (name === '@types/node') return true;
    if (name.startsWith('@types/')) {
      return packages.includes(name.slice('@types/'.length)) && isUsed(name.slice(7));
    }
    const word = (RUN_AS[name] ?? name).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return new RegExp(`(^|['"\`/ ])${word}(['"\`/ ]|$)`, 'm').test(sources);
  };
  expect(packages.filter((name) => !isUsed(name))).toEqual([]);
});

describe('npm audit', () => {
  it('names each fault that the registry knows', () => {
    const via = [{ title: 'Cross-site scripting' }, 'parse5'];
    const found = { name: 'sanitize-html', severity: 'high', range: '<2.18.0', via };
    const output = JSON.stringify({ auditReportVersion: 2, vulnerabilities: { x: found } });
    expect(readReport(output)).toEqual({
      faults: ['sanitize-html <2.18.0 (high): Cross-site scripting; by parse5'],
      unanswered: null,
    });
    expect(readReport('{"vulnerabilities":{}}')).toEqual({ faults: [], unanswered: null });
  });

  it.each([
    '{"message":"405 Method Not Allowed - POST https://registry.example/-/npm","statusCode":405}',
    '{"error":{"code":"ENOAUDIT","summary":"not supported"}}',
    '',
    'null',
    '<html>',
  ])('is no failure where the registry does not answer: %s', (output) => {
    const { faults, unanswered } = readReport(output);
    expect(faults).toEqual([]);
    expect(unanswered).toBeTruthy();
    expect(unanswered).not.toContain('registry.example');
  });
});
