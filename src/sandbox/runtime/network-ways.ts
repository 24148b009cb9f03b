/**
 * The way from one network to another. Processes reach everything through it; the cluster answers for Pods
 * and Services, the Docker host for its networks.
 */
export interface NetworkWays {
  /** The addresses of a name as somebody in this network sees it; none when there is no such name. */
  resolve(network: string, name: string): readonly string[];
  /** Where a connection from a network to an address ends. */
  reach(network: string, address: string, port: number, protocol: 'TCP' | 'UDP'): Way;
  /** The address of a network itself. */
  addressOf(network: string): string;
  /** Where a port of a network's own loopback address leads, where that is not into the network itself. */
  loopback?(network: string, port: number, protocol: 'TCP' | 'UDP'): Way | undefined;
}

export type Way =
  /**
   * `loopback` where it came by an address that only the network itself has, such as 127.0.0.1; `from` is the
   * address that it seems to come from, where that is not the client's own.
   */
  | { readonly network: string; readonly port: number; readonly loopback?: boolean; readonly from?: string }
  /**
   * Nothing listens there: refused at once. Nobody answers: it hangs. Nobody has the address: no route to host.
   * There is no way out: the network is unreachable.
   */
  | { readonly failure: 'refused' | 'timeout' | 'no-route' | 'unreachable' };
