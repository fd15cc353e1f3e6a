import { noSuchThing } from '~/server/api-guard';

export const loader = noSuchThing;
