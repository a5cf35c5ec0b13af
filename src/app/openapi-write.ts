// npm run openapi: writes openapi.json, the committed description of the API, from the routes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openapiText } from '../kernel/server/openapi.ts';
import { root, version } from './building.ts';
import { modules } from './server.ts';

writeFileSync(path.join(root, 'openapi.json'), openapiText(modules, version));
