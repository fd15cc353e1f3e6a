export * from './conversation';
export * from './digests';
export * from './limits';
export * from './mail';
export * from './moderation';
export * from './people';
export * from './reading';
export * from './settings';
