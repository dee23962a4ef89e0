import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/**
 * The headers by which every answer is protected. They are the same for all, so helmet is asked for them once: it would
 * put its policies together anew for each request.
 * @param storage where pages send uploads, when that is not this server
 */
export function securityHeaders(storage: string | undefined): OutgoingHttpHeaders {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const protect = helmet({
    contentSecurityPolicy: { directives: contentSecurity(storage) },
    originAgentCluster: false,
  });
  protect(request, response, (error) => {
    if (error !== undefined) throw error as Error;
  });
  return response.getHeaders();
}

/** What pages of this server (the IDE) may load: their own files, and nothing from elsewhere. */
const contentSecurity = (storage: string | undefined) => ({
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  workerSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'", ...(storage === undefined ? [] : [storage])],
  upgradeInsecureRequests: null,
});
