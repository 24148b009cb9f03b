import { baseName } from '../../docker/base-name.ts';

/** An image whose purpose is known by its name. */
interface WellKnown {
  /** The last part of the repository. */
  readonly name: RegExp;
  /** The port that the image exposes for its clients. */
  readonly port?: number;
  /** Whether it keeps data of its own, which two processes must not write at once. */
  readonly stateful?: true;
}

/** Ports are those of EXPOSE in the images' Dockerfiles, on Docker Hub and the vendors' registries. */
const images: readonly WellKnown[] = [
  { name: /^(postgres|postgresql|postgis|timescaledb|timescaledb-ha|pgvector)$/, port: 5432, stateful: true },
  { name: /^(mysql|mariadb|percona|mysql-server|percona-server)$/, port: 3306, stateful: true },
  { name: /^(mongo|mongodb|mongodb-community-server)$/, port: 27017, stateful: true },
  { name: /^(redis|valkey|redis-stack-server|redis-stack|keydb)$/, port: 6379, stateful: true },
  { name: /^memcached$/, port: 11211 },
  { name: /^rabbitmq$/, port: 5672, stateful: true },
  { name: /^nats$/, port: 4222, stateful: true },
  { name: /^(elasticsearch|opensearch)$/, port: 9200, stateful: true },
  { name: /^(kafka|cp-kafka|kafka-native|redpanda)$/, port: 9092, stateful: true },
  { name: /^(zookeeper|cp-zookeeper)$/, port: 2181, stateful: true },
  { name: /^(cassandra|scylla)$/, port: 9042, stateful: true },
  { name: /^influxdb$/, port: 8086, stateful: true },
  { name: /^(clickhouse|clickhouse-server)$/, port: 8123, stateful: true },
  { name: /^neo4j$/, port: 7687, stateful: true },
  { name: /^couchdb$/, port: 5984, stateful: true },
  { name: /^arangodb$/, port: 8529, stateful: true },
  { name: /^(minio)$/, port: 9000, stateful: true },
  { name: /^etcd$/, port: 2379, stateful: true },
  { name: /^(cockroach)$/, port: 26257, stateful: true },
  { name: /^(qdrant)$/, port: 6333, stateful: true },
  { name: /^(weaviate)$/, port: 8080, stateful: true },
  { name: /^(meilisearch)$/, port: 7700, stateful: true },
  { name: /^(solr)$/, port: 8983, stateful: true },
  { name: /^(consul)$/, port: 8500, stateful: true },
  { name: /^(vault)$/, port: 8200, stateful: true },
  { name: /^(server|mssql-server)$/, stateful: true },
  { name: /^(prometheus)$/, port: 9090, stateful: true },
  { name: /^(victoria-metrics)$/, port: 8428, stateful: true },
  { name: /^(nginx|httpd|caddy)$/, port: 80 },
  { name: /^(mailpit|mailhog)$/, port: 1025 },
];

/** The port at which clients find what the image runs, where that is known. */
export function wellKnownPort(image: string): number | undefined {
  return find(image)?.port;
}

/** Whether the image is that of a database, or of something else that keeps data by itself. */
export function isStatefulImage(image: string): boolean {
  return find(image)?.stateful === true;
}

function find(image: string): WellKnown | undefined {
  const last = baseName(image.replace(/@.*$/s, '')).replace(/:.*$/s, '');
  // `server` is too common a word to say anything outside of Microsoft's registry.
  return images.find(({ name }) => name.test(last) && (last !== 'server' || /mssql/.test(image)));
}
