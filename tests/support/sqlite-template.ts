import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import build from './build';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of an empty database with the newest schema that is copied for every test. */
    sqliteTemplate: string;
  }
}

/** Vitest's global set-up for the tests on SQLite. */
export function setup(project: TestProject): () => void {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'causeway-template-'));
  const file = join(folder, 'causeway.db');
  execFileSync(process.execPath, [join(process.cwd(), 'build/causeway.js'), 'migrate'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: `file:${file}` },
  });
  project.provide('sqliteTemplate', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
