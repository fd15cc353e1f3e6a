import { digestsEndpoint } from '~/server/api/endpoints';
import { serve } from '~/server/api-guard';

export const loader = serve(digestsEndpoint);
