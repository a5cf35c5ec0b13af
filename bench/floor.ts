// The floor that everything is measured against: a bare Fastify route with one primary-key select, on the same PostgreSQL.
import Fastify from 'fastify';
import pg from 'pg';

const [, , url, port] = process.argv;
const pool = new pg.Pool({ connectionString: url!, max: 12 });
const app = Fastify();
app.get('/floor/:id', async (request) => {
  const { id } = request.params as { id: string };
  const { rows } = await pool.query({
    name: 'floor',
    text: 'select id, name from bench_floor where id = $1',
    values: [id],
  });
  return rows[0];
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
process.send?.('ready');
