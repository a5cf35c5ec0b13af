// What we use of autocannon, which brings no types.
declare module 'autocannon' {
  type Request = { method?: string; path?: string; body?: string; setupRequest?: (request: Request) => Request };
  type Result = {
    duration: number;
    errors: number;
    non2xx: number;
    '2xx': number;
    latency: { p50: number; p99: number };
  };
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    headers?: Record<string, string>;
    requests?: Request[];
  }): Promise<Result>;
}
