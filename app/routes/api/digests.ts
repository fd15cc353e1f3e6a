import { digestsEndpoint } from '~/server/api/endpoints';
import { serve } from '~/server/api/serve';

export const loader = serve(digestsEndpoint);
