# What the scripts of this folder have in common; they source it.
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
jar="$project/target/cohort.jar"
if [[ -n "${SPARK_HOME:-}" ]]; then
    spark_class=("$SPARK_HOME/bin/spark-class")
    spark_submit=("$SPARK_HOME/bin/spark-submit")
else
    spark_class=("$project/submit/spark-class")
    spark_submit=("${spark_class[@]}" org.apache.spark.deploy.SparkSubmit)
fi

# A mistake of the user.
refuse() {
    echo "error: $1" >&2
    exit 2
}

# Only what goes into the jar counts: a changed test or document is no reason to build.
is_built() {
    [[ -f "$jar" && -d "$project/target/spark/jars" &&
        -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]]
}

build() {
    if is_built; then return; fi
    mkdir -p "$project/target"
    (
        if command -v flock >/dev/null; then flock 9; fi # of two commands started together one builds
        if is_built; then exit; fi
        echo "Building Cohort (the first time takes some minutes: Maven fetches Spark) ..." >&2
        mvn -q -B -Dstyle.color=never -f "$project/pom.xml" -DskipTests -Dspotless.check.skip package 1>&2
        touch "$jar"
    ) 9>"$project/target/build.lock"
}

# Becomes a command that starts Java. Spark asks Java for the module with vector instructions, and Java has no switch for the line
# that it then begins with; the rest of what it says passes as it comes, also after a Ctrl-C, which Java answers itself.
become() {
    exec "$@" 2> >(
        trap "" INT TERM HUP
        IFS= read -r line || true
        [[ -z "$line" || "$line" == "WARNING: Using incubator modules: jdk.incubator.vector" ]] || echo "$line" >&2
        exec cat >&2
    )
}

# Reads into the variable command how Java starts with Spark on its class path, up to the class that is to run: only Spark's launcher
# knows the options that Spark needs of this Java. Takes the class path to put in front, and more options of Java.
spark_java() {
    local spark_home="${SPARK_HOME:-$project/target/spark}" word error
    local java_options="-XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:+IgnoreUnrecognizedVMOptions"
    java_options+=" --sun-misc-unsafe-memory-access=allow -Xlog:disable -Xlog:all=error:stderr"
    java_options+=" '-Dlog4j2.configurationFile=$project/conf/log4j2.properties'"
    java_options+=" -Dspark.driver.host=127.0.0.1 '-Dspark.master=local[${COHORT_CORES:-*}]' -Djava.awt.headless=true $2"
    command=()
    error="$(mktemp)"
    while IFS= read -r -d '' word; do
        case "$word" in
            org.apache.spark.deploy.SparkSubmit) break ;;
            "") ;;
            *) command+=("${word#$'\n'}") ;;
        esac
    done < <(
        SPARK_HOME="$spark_home" SPARK_SCALA_VERSION=2.13 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx128m -cp "$spark_home/jars/*" \
            org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
            --driver-memory "${COHORT_DRIVER_MEMORY:-2g}" --driver-class-path "$1" --driver-java-options "$java_options" \
            --class cohort.cli.Cohort "$jar" 2>"$error"
    )
    ((${#command[@]})) || refuse "Java cannot start Spark in $spark_home: $(tail -n 1 "$error")"
    rm -f "$error"
}

# The rest is for clusters. Reads "[spark-submit options] [--dry-run] <command> ..." into the variables set in its first line.
read_command_line() {
    master="" mode=client files="" dry_run="" options=() arguments=()
    while [[ "${1:-}" == -* ]]; do
        [[ "$1" != --*=* ]] || set -- "${1%%=*}" "${1#*=}" "${@:2}" # spark-submit takes both forms
        case "$1" in
            --dry-run | --verbose | -v | --supervise) set -- "$1" "" "${@:2}" ;; # the options without a value
            *) (($# > 1)) || refuse "$1 needs a value" ;;
        esac
        case "$1" in
            --dry-run) dry_run=yes ;;
            --master) master="$2" ;;
            --deploy-mode) mode="$2" ;;
            --files) files="$2" ;;
            *) options+=("$1" ${2:+"$2"}) ;;
        esac
        shift 2
    done
    (($#)) || refuse "what is to be run? submit/${0##*/} [spark-submit options] [--dry-run] <command> ..."
    arguments=("$@")
}

# YARN and Kubernetes are not in the Spark that Maven assembles.
need_spark_home() {
    [[ -n "${SPARK_HOME:-}" ]] || refuse "set SPARK_HOME to a Spark 4.2 with support for $1; the one in target/spark has none"
}

# A driver on another machine cannot see the files that the command names, such as its configuration: they travel with it,
# and lie in its working folder.
ship_files() {
    local i
    for ((i = 1; i < ${#arguments[@]}; i++)); do
        if [[ -f "${arguments[i]}" ]]; then
            files+="${files:+,}${arguments[i]}"
            arguments[i]="${arguments[i]##*/}"
        fi
    done
}

# Becomes spark-submit, or prints its command line; takes further options for it. What the user gave comes last and wins.
submit() {
    local command=("${spark_submit[@]}" --master "$master" --deploy-mode "$mode"
        --properties-file "$project/conf/spark-defaults.conf" --load-spark-defaults
        "$@" ${files:+--files "$files"} "${options[@]}" --class cohort.cli.Cohort "$jar" "${arguments[@]}")
    if [[ -n "$dry_run" ]]; then
        local word words=()
        for word in "${command[@]}"; do
            [[ "$word" =~ ^[[:alnum:]_./:=,@%+-]+$ ]] || word="${word@Q}"
            words+=("$word")
        done
        echo "${words[*]}"
    else
        build
        become "${command[@]}"
    fi
}

# The option that gives the driver its log: quiet, as in submit/local.
log_to() {
    echo "spark.driver.extraJavaOptions='-Dlog4j2.configurationFile=$1'"
}
