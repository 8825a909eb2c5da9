# What the scripts of this folder have in common; they source it.

# A mistake of the user.
refuse() {
    echo "error: $1" >&2
    exit 2
}

# Prints the comment that the script begins with.
explain() {
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$self"
    exit
}

# The folder above this file's, by the path that was used, which other machines may know, and not by where links lead; except where
# this folder is a link itself.
unset CDPATH
here="$(dirname -- "${BASH_SOURCE[0]}")"
project="$(cd -- "$here/.." && pwd)"
[[ -f "$project/pom.xml" && "$project/submit/common.sh" -ef "${BASH_SOURCE[0]}" ]] || project="$(cd -P -- "$here/.." && pwd)"
[[ "$project" != *[:$'\n']* ]] || refuse "the folder $project has a colon or a line break in its name, which no class path can hold"
jar="$project/target/cohort.jar"
spark_home="${SPARK_HOME:-$project/target/spark}"
if [[ -n "${SPARK_HOME:-}" ]]; then
    spark_class=("$SPARK_HOME/bin/spark-class")
    spark_submit=("$SPARK_HOME/bin/spark-submit")
else
    spark_class=("$project/submit/spark-class")
    spark_submit=("${spark_class[@]}" org.apache.spark.deploy.SparkSubmit)
fi
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
# What Java reads from the environment by itself.
java_environment="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
java_options=""
made=() # folders to remove when the command ends

# Java names files in the encoding of the locale: in that of LC_ALL=C a ü is a question mark.
if [[ "$(locale charmap 2>/dev/null || echo UTF-8)" != UTF-8 ]]; then export LC_ALL=C.UTF-8; fi

# A path as a URI: in a plain path, Spark and the log take some characters for marks.
as_uri() {
    local LC_ALL=C path="$1" uri="" character code i
    if [[ "$path" =~ ^[[:alnum:]_./~+-]*$ ]]; then
        echo "$path"
        return
    fi
    for ((i = 0; i < ${#path}; i++)); do
        character="${path:i:1}"
        if [[ ! "$character" =~ [[:alnum:]_./~+-] ]]; then
            printf -v code %d "'$character"
            printf -v character '%%%02X' $((code & 255))
        fi
        uri+="$character"
    done
    echo "file://$uri"
}

# A word as a shell has to be given it.
shell_word() {
    if [[ "$1" =~ ^[[:alnum:]_./:=,@%+-]+$ ]]; then echo "$1"; else echo "${1@Q}"; fi
}

# A word of Java's options as Spark reads them.
as_option() {
    local word="${1//\\/\\\\}"
    echo "\"${word//\"/\\\"}\""
}

log_option="-Dlog4j2.configurationFile=$(as_uri "$project/conf/log4j2.properties")"

# Refuses an amount of memory that Java or Spark would not take: what was given, and its value. Leaves it in the variable megabytes.
check_memory() {
    [[ "$2" =~ ^0*([1-9][0-9]{0,8})([mMgGtT])$ ]] || refuse "$1: write it like 2g or 2048m"
    megabytes="${BASH_REMATCH[1]}"
    case "${BASH_REMATCH[2]}" in
        [gG]) megabytes=$((megabytes * 1024)) ;;
        [tT]) megabytes=$((megabytes * 1024 * 1024)) ;;
    esac
    ((megabytes >= 450)) || refuse "$1: Spark needs at least 450m"
}

# Looks for a Java that can run Spark; without starting one, which takes a tenth of a second, where its files tell.
check_java() {
    local from="" version home
    [[ -z "${JAVA_HOME:-}" ]] || from=" in JAVA_HOME=$JAVA_HOME"
    command -v "$java" >/dev/null || refuse "there is no Java${from:- on the PATH}: install a JDK 17 or newer, or set JAVA_HOME to one"
    home="$(readlink -f -- "$(command -v "$java")")"
    home="${home%/bin/java}"
    version="$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null || true)"
    if [[ -z "$version" ]]; then
        local said
        said="$("$java" -version 2>&1)" || refuse "Java$from does not start: $(tail -n 1 <<<"$said")"
        version="$(sed -n 's/.* version "\([^"]*\)".*/\1/p' <<<"$said" | head -n 1)"
    fi
    java_number="${version#1.}" # Java 8 calls itself 1.8
    java_number="${java_number%%[!0-9]*}"
    ((${java_number:=0} >= 17)) || refuse "Java$from is ${version:-of no known version}: Spark 4.2 needs Java 17 or newer; set JAVA_HOME to one"
    java_home="$home"
}

# Looks at SPARK_HOME; the Spark that Maven assembles is what it should be.
check_spark() {
    local core
    [[ -n "${SPARK_HOME:-}" ]] || return 0
    core="$(compgen -G "$SPARK_HOME/jars/spark-core_*.jar" | head -n 1 || true)"
    [[ -n "$core" && -x "$SPARK_HOME/bin/spark-submit" ]] ||
        refuse "SPARK_HOME=$SPARK_HOME is not a Spark: it should have bin/spark-submit and jars/spark-core_2.13-4.2.0.jar"
    core="${core##*/spark-core_}"
    [[ "$core" == 2.13-4.2.* ]] ||
        refuse "SPARK_HOME=$SPARK_HOME is Spark $(sed 's/^[^-]*-//; s/\.jar$//' <<<"$core") for Scala ${core%%-*}: Cohort needs Spark 4.2 for Scala 2.13"
}

# Native libraries and Spark put files into the temporary folder, some of them only when a training ends.
check_temporary() {
    local folder="${TMPDIR:-/tmp}" name="TMPDIR" probe
    if [[ "$java_environment" =~ .*-Djava\.io\.tmpdir=([^[:space:]]+) ]]; then
        folder="${BASH_REMATCH[1]}" name="java.io.tmpdir"
    elif [[ -n "${TMPDIR:-}" ]]; then
        java_options+=" -Djava.io.tmpdir=$(as_option "$folder")" # Java does not look at TMPDIR
    fi
    local mend="set TMPDIR (or -Djava.io.tmpdir in JAVA_TOOL_OPTIONS) to a folder that "
    [[ -d "$folder" ]] || refuse "the temporary folder $folder is not there: ${mend}is"
    probe="$(mktemp "$folder/cohort.XXXXXX" 2>/dev/null)" || refuse "nothing can be written to the temporary folder $folder: ${mend}can be written"
    if ! { printf '#!/bin/sh\nexit\n' && head -c 4194304 /dev/zero | tr '\0' '\n'; } >"$probe" 2>/dev/null; then
        rm -f "$probe"
        refuse "the temporary folder $folder is full: ${mend}has some space left"
    fi
    chmod +x "$probe"
    if ! "$probe" 2>/dev/null; then
        rm -f "$probe"
        refuse "programs cannot run from the temporary folder $folder (noexec), where native libraries are unpacked: ${mend}lets them"
    fi
    rm -f "$probe"
}

# Spark, and what unpacks native libraries, keep files in the user's folder; without one they take one whose name is "?".
check_user() {
    local home="${HOME:-}"
    if [[ ! -d "$home" || ! -w "$home" ]]; then
        home="${TMPDIR:-/tmp}/cohort-$UID"
        mkdir -p -m 700 "$home" 2>/dev/null && [[ -O "$home" ]] || refuse "HOME=${HOME:-} cannot be written, and neither can $home: set HOME to a folder of yours"
        java_options+=" -Duser.home=$(as_option "$home")"
    elif ! id -un >/dev/null 2>&1; then
        java_options+=" -Duser.home=$(as_option "$home")"
    fi
}

# Only what goes into the jar counts: a changed test or document is no reason to build. An installation that cannot be written is
# built or is not, whatever the times of its files are.
is_built() {
    [[ -f "$jar" && -d "$project/target/spark/jars" ]] &&
        [[ ! -w "$project/target" || -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]]
}

build() {
    if is_built; then return; fi
    command -v mvn >/dev/null || refuse "Cohort is not built, and there is no mvn to do it: install Maven"
    [[ -x "$java_home/bin/javac" ]] || refuse "Cohort is not built, and $java_home is a Java without javac: install a JDK 17 or newer, or set JAVA_HOME to one"
    mkdir -p "$project/target" 2>/dev/null && [[ -w "$project/target" ]] ||
        refuse "Cohort is not built, and $project/target cannot be written: whoever owns it must build it once, with submit/local --help"
    (
        if command -v flock >/dev/null; then flock 9; fi # of two commands started together one builds
        if is_built; then exit; fi
        echo "Building Cohort (the first time takes some minutes: Maven fetches Spark) ..." >&2
        # Maven ends with a sign to the terminal, colours or not.
        mvn -q -B -Dstyle.color=never -f "$project/pom.xml" -DskipTests -Dspotless.check.skip package | sed 's/\x1b\[0m//g' >&2
        touch "$jar"
    ) 9>"$project/target/build.lock"
}

# What every command needs, looked at before it begins.
prepare() {
    [[ -n "${COHORT_LOG:-}" ]] || unset COHORT_LOG
    [[ "${COHORT_LOG:-info}" =~ ^(off|fatal|error|warn|info|debug|trace|all)$ ]] ||
        refuse "COHORT_LOG=$COHORT_LOG: must be off, fatal, error, warn, info, debug, trace or all"
    check_java
    check_spark
    check_temporary
    check_user
    build
}

# Becomes a command that starts Java. Spark asks Java for the module with vector instructions, and for a package that newer ones do not
# have, and Java has no switch for the lines that it then begins with; the rest of what it says passes as it comes, also after a Ctrl-C,
# which Java answers itself.
become() {
    exec "$@" 2> >(
        trap "" INT TERM HUP
        while IFS= read -r line || [[ -n "$line" ]]; do
            case "$line" in
                "WARNING: Using incubator modules: jdk.incubator.vector") ((java_number >= 24)) || [[ -n "${compiles:-}" ]] || break ;;
                "WARNING: package sun.security.action not in java.base") [[ -n "${compiles:-}" ]] || break ;;
                "warning: using incubating module(s): jdk.incubator.vector") ;; # what it says besides where it compiles a program
                "1 warning") break ;;
                "Picked up "*) echo "$line" >&2 ;;
                *)
                    echo "$line" >&2
                    break
                    ;;
            esac
        done
        cat >&2
        ((${#made[@]} == 0)) || rm -rf "${made[@]}"
    )
}

# How much of this machine to use, into the variables cores and memory.
check_machine() {
    cores="${COHORT_CORES:-*}" memory="${COHORT_DRIVER_MEMORY:-2g}"
    [[ "$cores" == "*" || "$cores" =~ ^[1-9][0-9]{0,3}$ ]] || refuse "COHORT_CORES=$cores: must be a number of cores, at least 1"
    check_memory "COHORT_DRIVER_MEMORY=$memory" "$memory"
    local kilobytes
    kilobytes="$(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo 2>/dev/null || true)"
    [[ -z "$kilobytes" ]] || ((megabytes <= kilobytes / 1024)) ||
        refuse "COHORT_DRIVER_MEMORY=$memory: this machine has $((kilobytes / 1024))m"
}

# Reads into the variable command how Java starts with Spark on its class path, up to the class that is to run: only Spark's launcher
# knows the options that Spark needs of this Java. Takes the class path to put in front, and more options of Java.
spark_java() {
    local word error options="$java_options -XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:+IgnoreUnrecognizedVMOptions"
    options+=" --sun-misc-unsafe-memory-access=allow -Xlog:disable -Xlog:all=error:stderr $log_option"
    options+=" -Dspark.driver.host=127.0.0.1 -Dspark.master=local[$cores] -Djava.awt.headless=true $2"
    command=()
    error="$(mktemp)"
    while IFS= read -r -d '' word; do
        case "$word" in
            org.apache.spark.deploy.SparkSubmit) break ;;
            "") ;;
            *) command+=("${word#$'\n'}") ;;
        esac
    done < <(
        SPARK_HOME="$spark_home" SPARK_SCALA_VERSION=2.13 "$java" -Xmx128m -cp "$spark_home/jars/*" \
            org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
            --driver-memory "$memory" --driver-class-path "$1" --driver-java-options "$options" \
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
            --help | -h) explain ;;
            --dry-run | --verbose | -v | --supervise) set -- "$1" "" "${@:2}" ;; # the options without a value
            *) (($# > 1)) || refuse "$1 needs a value" ;;
        esac
        case "$1" in
            --dry-run) dry_run=yes ;;
            --master) master="$2" ;;
            --deploy-mode)
                [[ "$2" == client || "$2" == cluster ]] || refuse "--deploy-mode $2: must be client or cluster"
                mode="$2"
                ;;
            --files) files="$2" ;;
            *)
                [[ "$1" != --*-memory ]] || check_memory "$1 $2" "$2"
                options+=("$1" ${2:+"$2"})
                ;;
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

# Makes the words of the command right for a driver on another machine: with "travels" what it names goes there, with "stays" it only
# gets absolute names. Java knows which words are files, and what a configuration includes.
pack() {
    [[ "$mode" == cluster ]] || return 0
    if [[ -n "$dry_run" ]]; then
        check_java
        build
    fi
    local record records words=()
    mapfile -d '' -t records < <(
        "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$jar:$project/target/spark/jars/*" \
            cohort.cli.Luggage "$1" "${arguments[@]}"
    )
    wait $! || exit
    for record in "${records[@]}"; do
        case "$record" in
            w*) words+=("${record:1}") ;;
            f*) files+="${files:+,}$(as_uri "${record:1}")" ;;
            d*) made+=("${record:1}") ;;
        esac
    done
    arguments=("${words[@]}")
    if [[ "$1" == travels ]]; then
        files+="${files:+,}$(as_uri "$project/conf/log4j2.properties")"
        log_option="-Dlog4j2.configurationFile=log4j2.properties"
    fi
}

# Becomes spark-submit, or prints its command line; takes further options for it. What the user gave comes last and wins.
submit() {
    local command=("${spark_submit[@]}" --master "$master" --deploy-mode "$mode"
        --properties-file "$project/conf/spark-defaults.conf" --load-spark-defaults
        "$@" ${files:+--files "$files"} "${options[@]}" --class cohort.cli.Cohort "$(as_uri "$jar")" "${arguments[@]}")
    if [[ -n "$dry_run" ]]; then
        local word words=()
        for word in "${command[@]}"; do
            words+=("$(shell_word "$word")")
        done
        echo "${words[*]}"
    else
        become "${command[@]}"
    fi
}
