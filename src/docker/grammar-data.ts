// Made by .scripts/record-docker-grammar.mjs from the help of docker 28.2.2 and 29.7.2; do not edit.

/**
 * One line a command: name | aliases | least and most arguments, for those that run | `first` where flags
 * come before all arguments | flags. A flag is `p,publish=list`, without a type a switch; `!` marks those
 * help does not show, `[x]` the value of a flag given alone.
 */
export const grammarLines = `
docker builder prune||0-0||a,all filter=filter f,force keep-storage=bytes
docker builder||||
docker buildx bake|docker buildx f,docker bake|0-||allow=stringArray builder=string call=string check D,debug f,file=stringArray list=string load metadata-file=string no-cache policy=stringArray print progress=string provenance=string pull push sbom=string set=stringArray var=stringArray
docker buildx build|docker buildx b|1-1||add-host=stringSlice allow=stringArray annotation=stringArray attest=stringArray build-arg=stringArray build-context=stringArray builder=string cache-from=stringArray cache-to=stringArray call=string cgroup-parent=string check !compress !cpu-period=int !cpu-quota=int !c,cpu-shares=int !cpuset-cpus=string !cpuset-mems=string D,debug f,file=string !force-rm iidfile=string !isolation=string label=stringArray load !m,memory=string !memory-swap=string metadata-file=string network=string no-cache no-cache-filter=stringArray o,output=stringArray platform=stringArray policy=stringArray progress=string provenance=string pull push q,quiet resource=stringArray !rm sbom=string secret=stringArray !security-opt=stringSlice shm-size=bytes !squash ssh=stringArray t,tag=stringArray target=string ulimit=ulimit
docker buildx create||0-1||append bootstrap buildkitd-config=string buildkitd-flags=string D,debug driver=string driver-opt=stringArray leave name=string node=string platform=stringArray timeout=duration use
docker buildx dap build||0-1||add-host=stringSlice allow=stringArray annotation=stringArray attest=stringArray build-arg=stringArray build-context=stringArray builder=string cache-from=stringArray cache-to=stringArray call=string cgroup-parent=string check D,debug f,file=string iidfile=string label=stringArray load metadata-file=string network=string no-cache no-cache-filter=stringArray o,output=stringArray platform=stringArray policy=stringArray progress=string provenance=string pull push q,quiet resource=stringArray sbom=string secret=stringArray shm-size=bytes ssh=stringArray t,tag=stringArray target=string ulimit=ulimit
docker buildx dap||||builder=string D,debug
docker buildx debug build||1-1||add-host=stringSlice allow=stringArray annotation=stringArray attest=stringArray build-arg=stringArray build-context=stringArray builder=string cache-from=stringArray cache-to=stringArray call=string cgroup-parent=string check D,debug f,file=string iidfile=string label=stringArray load metadata-file=string network=string no-cache no-cache-filter=stringArray o,output=stringArray platform=stringArray policy=stringArray progress=string provenance=string pull push q,quiet resource=stringArray sbom=string secret=stringArray shm-size=bytes ssh=stringArray t,tag=stringArray target=string ulimit=ulimit
docker buildx debug||||builder=string D,debug invoke=string on=string
docker buildx dial-stdio||0-0||builder=string D,debug platform=string progress=string
docker buildx du||0-0||builder=string D,debug filter=filter format=string timeout=duration verbose
docker buildx history export||0-||all builder=string D,debug finalize o,output=string
docker buildx history import||0-0||builder=string D,debug f,file=stringArray
docker buildx history inspect attachment||0-2||builder=string D,debug platform=string type=string
docker buildx history inspect||0-1||builder=string D,debug format=string
docker buildx history logs||0-1||builder=string D,debug progress=string
docker buildx history ls||0-0||builder=string D,debug filter=stringArray format=string local no-trunc
docker buildx history open||0-1||builder=string D,debug
docker buildx history rm||1-||all builder=string D,debug
docker buildx history trace||0-1||addr=string builder=string compare=string D,debug
docker buildx history||||builder=string D,debug
docker buildx imagetools create||0-||annotation=stringArray append builder=string D,debug dry-run f,file=stringArray metadata-file=string p,platform=stringArray prefer-index progress=string t,tag=stringArray
docker buildx imagetools inspect||1-1||builder=string D,debug format=string raw
docker buildx imagetools||||builder=string D,debug
docker buildx inspect||0-1||bootstrap builder=string D,debug timeout=duration
docker buildx ls||0-0||D,debug format=string no-trunc timeout=duration
docker buildx policy eval||1-1||builder=string D,debug fields=stringSlice f,file=string platform=string print
docker buildx policy json-schema||0-0||builder=string D,debug
docker buildx policy test||1-1||builder=string D,debug filename=string run=string
docker buildx policy||||builder=string D,debug
docker buildx prune||0-0||a,all builder=string D,debug filter=filter f,force max-used-space=bytes min-free-space=bytes reserved-space=bytes timeout=duration verbose
docker buildx rm||0-||all-inactive builder=string D,debug f,force keep-daemon keep-state timeout=duration
docker buildx stop||0-1||builder=string D,debug
docker buildx use||0-1||builder=string D,debug default global
docker buildx version||0-0||D,debug
docker buildx||||builder=string D,debug
docker checkpoint create||2-2||checkpoint-dir=string leave-running
docker checkpoint ls|docker checkpoint list|1-1||checkpoint-dir=string
docker checkpoint rm|docker checkpoint remove|2-2||checkpoint-dir=string
docker checkpoint||||
docker compose alpha dry-run||0-||
docker compose alpha generate||0-||dry-run format=string name=string project-dir=string
docker compose alpha publish||1-1||app dry-run oci-version=string resolve-image-digests with-env y,yes
docker compose alpha scale||1-||dry-run no-deps
docker compose alpha viz||0-||dry-run image indentation-size=int networks ports spaces
docker compose alpha watch||0-||dry-run no-up quiet
docker compose alpha||||dry-run
docker compose attach||1-||detach-keys=string dry-run index=int no-stdin sig-proxy
docker compose bridge convert||0-0||dry-run o,output=string templates=string t,transformation=stringArray y,yes
docker compose bridge transformations create||1-1||dry-run f,from=string
docker compose bridge transformations list|docker compose bridge transformations ls|0-0||dry-run format=string q,quiet
docker compose bridge transformations||||dry-run
docker compose bridge||||dry-run
docker compose build||0-||build-arg=stringArray builder=string check !compress dry-run !force-rm m,memory=bytes no-cache !no-rm !parallel print !progress=string provenance=string pull push q,quiet sbom=string ssh=string with-dependencies
docker compose commit||1-2||a,author=string c,change=list dry-run index=int m,message=string p,pause
docker compose config||0-||dry-run environment format=string hash=string images lock-image-digests models networks no-consistency no-env-resolution no-interpolate no-normalize no-path-resolution o,output=string profiles q,quiet resolve-image-digests services variables volumes
docker compose cp||2-2||all a,archive dry-run L,follow-link index=int
docker compose create||0-||build dry-run force-recreate no-build no-recreate pull=string quiet-pull remove-orphans scale=scale y,yes
docker compose down||0-||dry-run remove-orphans rmi=string t,timeout=int v,volumes
docker compose events||0-||dry-run json since=string until=string
docker compose exec||2-|first|d,detach dry-run e,env=stringArray index=int !i,interactive T,no-tty privileged !t,tty u,user=string w,workdir=string
docker compose export||1-||dry-run index=int o,output=string
docker compose images||0-||dry-run format=string q,quiet
docker compose kill||0-||dry-run remove-orphans s,signal=string
docker compose logs||0-||dry-run f,follow index=int no-color no-log-prefix since=string n,tail=string t,timestamps until=string
docker compose ls||0-0||a,all dry-run filter=filter format=string q,quiet
docker compose pause||0-||dry-run
docker compose port||2-||dry-run index=int protocol=string
docker compose ps||0-||a,all dry-run filter=string format=string no-trunc orphans q,quiet services status=stringArray
docker compose publish||1-1||app dry-run !insecure-registry oci-version=string resolve-image-digests with-env y,yes
docker compose pull||0-||dry-run ignore-buildable ignore-pull-failures include-deps !no-parallel !parallel policy=string q,quiet
docker compose push||0-||dry-run ignore-push-failures include-deps q,quiet
docker compose restart||0-||dry-run no-deps t,timeout=int
docker compose rm||0-||!a,all dry-run f,force s,stop v,volumes
docker compose run||1-|first|build cap-add=list cap-drop=list d,detach dry-run entrypoint=string e,env=stringArray env-from-file=stringArray i,interactive l,label=stringArray name=string no-deps T,no-tty p,publish=stringArray pull=string q,quiet quiet-build quiet-pull remove-orphans rm P,service-ports !t,tty use-aliases u,user=string v,volume=stringArray w,workdir=string
docker compose scale||1-||dry-run no-deps
docker compose start||0-||dry-run wait wait-timeout=int
docker compose stats||0-1||a,all dry-run format=string no-stream no-trunc
docker compose stop||0-||dry-run t,timeout=int
docker compose top||0-||dry-run
docker compose unpause||0-||dry-run
docker compose up||0-||abort-on-container-exit abort-on-container-failure always-recreate-deps attach=stringArray attach-dependencies build d,detach dry-run exit-code-from=string force-recreate menu no-attach=stringArray no-build no-color no-deps no-log-prefix no-recreate no-start pull=string quiet-build quiet-pull remove-orphans V,renew-anon-volumes scale=scale t,timeout=int timestamps wait wait-timeout=int w,watch y,yes
docker compose version||0-0||dry-run f,format=string short
docker compose volumes||0-||dry-run format=string q,quiet
docker compose wait||1-||down-project dry-run
docker compose watch||0-||dry-run no-up prune quiet
docker compose||||all-resources ansi=string compatibility dry-run env-file=stringArray f,file=stringArray !insecure-registry=stringArray !no-ansi parallel=int profile=stringArray progress=string project-directory=string p,project-name=string !verbose !version !workdir=string
docker config create||2-2||l,label=list template-driver=string
docker config inspect||1-||f,format=string pretty
docker config ls|docker config list|0-0||f,filter=filter format=string q,quiet
docker config rm|docker config remove|1-||
docker config||||
docker container attach|docker attach|1-1||detach-keys=string no-stdin sig-proxy
docker container commit|docker commit|1-2|first|a,author=string c,change=list m,message=string no-pause !p,pause
docker container cp|docker cp|2-2||a,archive L,follow-link q,quiet
docker container create|docker create|1-|first|add-host=list annotation=map a,attach=list blkio-weight=uint16 blkio-weight-device=list cap-add=list cap-drop=list cgroup-parent=string cgroupns=string cidfile=string cpu-count=int cpu-percent=int cpu-period=int cpu-quota=int cpu-rt-period=int cpu-rt-runtime=int c,cpu-shares=int cpus=decimal cpuset-cpus=string cpuset-mems=string device=list device-cgroup-rule=list device-read-bps=list device-read-iops=list device-write-bps=list device-write-iops=list !disable-content-trust dns=list !dns-opt=list dns-option=list dns-search=list domainname=string entrypoint=string e,env=list env-file=list expose=list gpus=gpu-request group-add=list health-cmd=string health-interval=duration health-retries=int health-start-interval=duration health-start-period=duration health-timeout=duration help h,hostname=string init i,interactive io-maxbandwidth=bytes io-maxiops=uint ip=ip ip6=ip ipc=string isolation=string !kernel-memory=bytes l,label=list label-file=list link=list link-local-ip=list log-driver=string log-opt=list mac-address=string m,memory=bytes memory-reservation=bytes memory-swap=bytes memory-swappiness=int mount=mount name=string !net=network !net-alias=list network=network network-alias=list no-healthcheck oom-kill-disable oom-score-adj=int pid=string pids-limit=int platform=string privileged p,publish=list P,publish-all pull=string q,quiet read-only restart=string rm runtime=string security-opt=list shm-size=bytes stop-signal=string stop-timeout=int storage-opt=list sysctl=map tmpfs=list t,tty ulimit=ulimit use-api-socket u,user=string userns=string uts=string v,volume=list volume-driver=string volumes-from=list w,workdir=string
docker container diff|docker diff|1-1||
docker container exec|docker exec|2-|first|d,detach detach-keys=string e,env=list env-file=list i,interactive privileged t,tty u,user=string w,workdir=string
docker container export|docker export|1-1||o,output=string
docker container inspect||1-||f,format=string s,size
docker container kill|docker kill|1-||s,signal=string
docker container logs|docker logs|1-1||details f,follow since=string n,tail=string t,timestamps until=string
docker container ls|docker ps,docker container list,docker container ps|0-0||a,all f,filter=filter format=string n,last=int l,latest no-trunc q,quiet s,size
docker container pause|docker pause|1-||
docker container port|docker port|1-2||
docker container prune||0-0||filter=filter f,force
docker container rename|docker rename|2-2||
docker container restart|docker restart|1-||s,signal=string !time=int t,timeout=int
docker container rm|docker container remove,docker rm|1-||f,force l,link v,volumes
docker container run|docker run|1-|first|add-host=list annotation=map a,attach=list blkio-weight=uint16 blkio-weight-device=list cap-add=list cap-drop=list cgroup-parent=string cgroupns=string cidfile=string cpu-count=int cpu-percent=int cpu-period=int cpu-quota=int cpu-rt-period=int cpu-rt-runtime=int c,cpu-shares=int cpus=decimal cpuset-cpus=string cpuset-mems=string d,detach detach-keys=string device=list device-cgroup-rule=list device-read-bps=list device-read-iops=list device-write-bps=list device-write-iops=list !disable-content-trust dns=list !dns-opt=list dns-option=list dns-search=list domainname=string entrypoint=string e,env=list env-file=list expose=list gpus=gpu-request group-add=list health-cmd=string health-interval=duration health-retries=int health-start-interval=duration health-start-period=duration health-timeout=duration help h,hostname=string init i,interactive io-maxbandwidth=bytes io-maxiops=uint ip=ip ip6=ip ipc=string isolation=string kernel-memory=bytes l,label=list label-file=list link=list link-local-ip=list log-driver=string log-opt=list mac-address=string m,memory=bytes memory-reservation=bytes memory-swap=bytes memory-swappiness=int mount=mount name=string !net=network !net-alias=list network=network network-alias=list no-healthcheck oom-kill-disable oom-score-adj=int pid=string pids-limit=int platform=string privileged p,publish=list P,publish-all pull=string q,quiet read-only restart=string rm runtime=string security-opt=list shm-size=bytes sig-proxy stop-signal=string stop-timeout=int storage-opt=list sysctl=map tmpfs=list t,tty ulimit=ulimit use-api-socket u,user=string userns=string uts=string v,volume=list volume-driver=string volumes-from=list w,workdir=string
docker container start|docker start|1-||a,attach checkpoint=string checkpoint-dir=string detach-keys=string i,interactive
docker container stats|docker stats|0-||a,all format=string no-stream no-trunc
docker container stop|docker stop|1-||s,signal=string !time=int t,timeout=int
docker container top|docker top|1-|first|
docker container unpause|docker unpause|1-||
docker container update|docker update|1-||blkio-weight=uint16 cpu-period=int cpu-quota=int cpu-rt-period=int cpu-rt-runtime=int c,cpu-shares=int cpus=decimal cpuset-cpus=string cpuset-mems=string !kernel-memory=bytes m,memory=bytes memory-reservation=bytes memory-swap=bytes pids-limit=int restart=string
docker container wait|docker wait|1-||
docker container||||
docker context create||1-1||description=string docker=stringToString from=string
docker context export||1-2||
docker context import||2-2||
docker context inspect||0-||f,format=string
docker context ls|docker context list|0-0||format=string q,quiet
docker context rm|docker context remove|1-||f,force
docker context show||0-0||
docker context update||1-1||description=string docker=stringToString
docker context use||1-1||
docker context||||
docker image build|docker build,docker builder build|1-1||add-host=list allow=stringArray annotation=stringArray attest=stringArray build-arg=list build-context=stringArray builder=string cache-from=stringSlice cache-to=stringArray call=string cgroup-parent=string check compress cpu-period=int cpu-quota=int c,cpu-shares=int cpuset-cpus=string cpuset-mems=string D,debug !disable-content-trust f,file=string force-rm iidfile=string isolation=string label=list load m,memory=bytes memory-swap=bytes metadata-file=string network=string no-cache no-cache-filter=stringArray o,output=stringArray platform=string policy=stringArray progress=string provenance=string pull push q,quiet resource=stringArray rm sbom=string secret=stringArray security-opt=stringSlice shm-size=bytes squash ssh=stringArray t,tag=list target=string ulimit=ulimit
docker image history|docker history|1-1||format=string H,human no-trunc platform=string q,quiet
docker image import|docker import|1-||c,change=list m,message=string platform=string
docker image inspect||1-||f,format=string platform=string
docker image load|docker load|0-0||i,input=string platform=stringSlice q,quiet
docker image ls|docker images,docker image list|0-1||a,all digests f,filter=filter format=string no-trunc q,quiet tree
docker image prune||0-0||a,all filter=filter f,force
docker image pull|docker pull|1-1||a,all-tags !disable-content-trust platform=string q,quiet
docker image push|docker push|1-1||a,all-tags !disable-content-trust platform=string q,quiet
docker image rm|docker image remove,docker rmi|1-||f,force no-prune platform=stringSlice
docker image save|docker save|1-||o,output=string platform=stringSlice
docker image tag|docker tag|2-2|first|
docker image||||
docker inspect||1-||f,format=string s,size type=string
docker login||0-1||p,password=string password-stdin u,username=string
docker logout||0-1||
docker manifest annotate||2-2||arch=string os=string os-features=stringSlice os-version=string variant=string
docker manifest create||2-||a,amend insecure
docker manifest inspect||1-2||insecure v,verbose
docker manifest push||1-1||insecure p,purge
docker manifest rm||1-||
docker manifest||||
docker network connect||2-2||alias=stringSlice driver-opt=stringSlice gw-priority=int ip=ip ip6=ip link=list link-local-ip=ipSlice
docker network create||1-1||attachable aux-address=map config-from=string config-only d,driver=string gateway=ipSlice ingress internal ip-range=ipNetSlice ipam-driver=string ipam-opt=map ipv4 ipv6 label=list o,opt=map scope=string subnet=stringSlice
docker network disconnect||2-2||f,force
docker network inspect||1-||f,format=string v,verbose
docker network ls|docker network list|0-0||f,filter=filter format=string no-trunc q,quiet
docker network prune||0-0||filter=filter f,force
docker network rm|docker network remove|1-||f,force
docker network||||
docker node demote||1-||
docker node inspect||1-||f,format=string pretty
docker node ls|docker node list|0-0||f,filter=filter format=string q,quiet
docker node promote||1-||
docker node ps||0-||f,filter=filter format=string no-resolve no-trunc q,quiet
docker node rm|docker node remove|1-||f,force
docker node update||1-1||availability=string label-add=list label-rm=list role=string
docker node||||
docker plugin create||2-||compress
docker plugin disable||1-1||f,force
docker plugin enable||1-1||timeout=int
docker plugin inspect||1-||f,format=string
docker plugin install||1-||alias=string disable !disable-content-trust grant-all-permissions
docker plugin ls|docker plugin list|0-0||f,filter=filter format=string no-trunc q,quiet
docker plugin push||1-1||!disable-content-trust
docker plugin rm|docker plugin remove|1-||f,force
docker plugin set||2-||
docker plugin upgrade||1-2||!disable-content-trust grant-all-permissions skip-remote-check
docker plugin||||
docker search||1-1||f,filter=filter format=string limit=int no-trunc
docker secret create||1-2||d,driver=string l,label=list template-driver=string
docker secret inspect||1-||f,format=string pretty
docker secret ls|docker secret list|0-0||f,filter=filter format=string q,quiet
docker secret rm|docker secret remove|1-||
docker secret||||
docker service create||1-|first|cap-add=list cap-drop=list config=config constraint=list container-label=list credential-spec=credential-spec d,detach dns=list dns-option=list dns-search=list endpoint-mode=string entrypoint=command e,env=list env-file=list generic-resource=list group=list health-cmd=string health-interval=duration health-retries=int health-start-interval=duration health-start-period=duration health-timeout=duration host=list hostname=string init isolation=string l,label=list limit-cpu=decimal limit-memory=bytes limit-pids=int log-driver=string log-opt=list max-concurrent=uint memory-swap=bytes memory-swappiness=int mode=string mount=mount name=string network=network no-healthcheck no-resolve-image oom-score-adj=int placement-pref=pref p,publish=port q,quiet read-only replicas=uint replicas-max-per-node=uint reserve-cpu=decimal reserve-memory=bytes restart-condition=string restart-delay=duration restart-max-attempts=uint restart-window=duration rollback-delay=duration rollback-failure-action=string rollback-max-failure-ratio=float rollback-monitor=duration rollback-order=string rollback-parallelism=uint secret=secret stop-grace-period=duration stop-signal=string sysctl=list t,tty ulimit=ulimit update-delay=duration update-failure-action=string update-max-failure-ratio=float update-monitor=duration update-order=string update-parallelism=uint u,user=string with-registry-auth w,workdir=string
docker service inspect||1-||f,format=string pretty
docker service logs||1-1||details f,follow no-resolve no-task-ids no-trunc raw since=string n,tail=string t,timestamps
docker service ls|docker service list|0-0||f,filter=filter format=string q,quiet
docker service ps||1-||f,filter=filter format=string no-resolve no-trunc q,quiet
docker service rm|docker service remove|1-||
docker service rollback||1-1||d,detach q,quiet
docker service scale||1-||d,detach
docker service update||1-1||args=command cap-add=list cap-drop=list config-add=config config-rm=list constraint-add=list constraint-rm=list container-label-add=list container-label-rm=list credential-spec=credential-spec d,detach dns-add=list dns-option-add=list dns-option-rm=list dns-rm=list dns-search-add=list dns-search-rm=list endpoint-mode=string entrypoint=command env-add=list env-rm=list force generic-resource-add=list generic-resource-rm=list group-add=list group-rm=list health-cmd=string health-interval=duration health-retries=int health-start-interval=duration health-start-period=duration health-timeout=duration host-add=list host-rm=list hostname=string image=string init isolation=string label-add=list label-rm=list limit-cpu=decimal limit-memory=bytes limit-pids=int log-driver=string log-opt=list max-concurrent=uint memory-swap=bytes memory-swappiness=int mount-add=mount mount-rm=list network-add=network network-rm=list no-healthcheck no-resolve-image oom-score-adj=int placement-pref-add=pref placement-pref-rm=pref publish-add=port publish-rm=port q,quiet read-only replicas=uint replicas-max-per-node=uint reserve-cpu=decimal reserve-memory=bytes restart-condition=string restart-delay=duration restart-max-attempts=uint restart-window=duration rollback rollback-delay=duration rollback-failure-action=string rollback-max-failure-ratio=float rollback-monitor=duration rollback-order=string rollback-parallelism=uint secret-add=secret secret-rm=list stop-grace-period=duration stop-signal=string sysctl-add=list sysctl-rm=list t,tty ulimit-add=ulimit ulimit-rm=list update-delay=duration update-failure-action=string update-max-failure-ratio=float update-monitor=duration update-order=string update-parallelism=uint u,user=string with-registry-auth w,workdir=string
docker service||||
docker stack config||0-0||c,compose-file=stringSlice skip-interpolation
docker stack deploy|docker stack up|1-1||c,compose-file=stringSlice d,detach prune q,quiet resolve-image=string with-registry-auth
docker stack ls|docker stack list|0-0||format=string
docker stack ps||1-1||f,filter=filter format=string no-resolve no-trunc q,quiet
docker stack rm|docker stack remove,docker stack down|1-||d,detach
docker stack services||1-1||f,filter=filter format=string q,quiet
docker stack||||!orchestrator=string
docker swarm ca||0-0||ca-cert=pem-file ca-key=pem-file cert-expiry=duration d,detach external-ca=external-ca q,quiet rotate
docker swarm init||0-0||advertise-addr=string autolock availability=string cert-expiry=duration data-path-addr=string data-path-port=uint32 default-addr-pool=ipNetSlice default-addr-pool-mask-length=uint32 dispatcher-heartbeat=duration external-ca=external-ca force-new-cluster listen-addr=node-addr max-snapshots=uint snapshot-interval=uint task-history-limit=int
docker swarm join-token||1-1||q,quiet rotate
docker swarm join||1-1||advertise-addr=string availability=string data-path-addr=string listen-addr=node-addr token=string
docker swarm leave||0-0||f,force
docker swarm unlock-key||0-0||q,quiet rotate
docker swarm unlock||0-0||
docker swarm update||0-0||autolock cert-expiry=duration dispatcher-heartbeat=duration external-ca=external-ca max-snapshots=uint snapshot-interval=uint task-history-limit=int
docker swarm||||
docker system df||0-0||format=string v,verbose
docker system dial-stdio||0-0||
docker system events|docker events|0-0||f,filter=filter format=string since=string until=string
docker system info|docker info|0-0||f,format=string
docker system prune||0-0||a,all filter=filter f,force volumes
docker system||||
docker trust inspect||1-||pretty
docker trust key generate||1-1||dir=string
docker trust key load||1-1||name=string
docker trust key||||
docker trust revoke||1-1||y,yes
docker trust signer add||2-||key=list
docker trust signer remove||2-||f,force
docker trust signer||||
docker trust sign||1-1||local
docker trust||||
docker version||0-0||f,format=string
docker volume create||0-1||availability=string d,driver=string group=string label=list limit-bytes=bytes !name=string o,opt=map required-bytes=bytes scope=string secret=map sharing=string topology-preferred=list topology-required=list type=string
docker volume inspect||1-||f,format=string
docker volume ls|docker volume list|0-0||cluster f,filter=filter format=string q,quiet
docker volume prune||0-0||a,all filter=filter f,force
docker volume rm|docker volume remove|1-||f,force
docker volume update||1-1||availability=string
docker volume||||
docker||||config=string c,context=string D,debug H,host=string l,log-level=string tls tlscacert=string tlscert=string tlskey=string tlsverify v,version
`;
