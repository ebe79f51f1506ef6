reset
set encoding utf8
set terminal svg size 750,637 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$pictures0 << EOD
0 0 0 0 0
1 0 64 64 64
2 0 255 255 255
3 0 0 0 0
4 0 64 64 64
5 0 255 255 255
0 1 128 128 128
1 1 255 255 255
2 1 255 255 255
3 1 128 128 128
4 1 255 255 255
5 1 255 255 255
0 2 255 255 255
1 2 255 255 255
2 2 255 255 255
3 2 255 255 255
4 2 255 255 255
5 2 255 255 255
0 3 255 255 255
1 3 255 255 255
2 3 255 255 255
3 3 255 255 255
4 3 255 255 255
5 3 255 255 255
0 4 0 0 0
1 4 64 64 64
2 4 255 255 255
3 4 255 255 255
4 4 255 255 255
5 4 255 255 255
0 5 128 128 128
1 5 255 255 255
2 5 255 255 255
3 5 255 255 255
4 5 255 255 255
5 5 255 255 255
0 6 255 255 255
1 6 255 255 255
2 6 255 255 255
3 6 255 255 255
4 6 255 255 255
5 6 255 255 255
0 7 255 255 255
1 7 255 255 255
2 7 255 255 255
3 7 255 255 255
4 7 255 255 255
5 7 255 255 255
EOD
unset border
unset tics
unset key
set size ratio -1
set title 'digits' noenhanced
set label '0' at 0.5,2.45 center front noenhanced
set label '1' at 3.5,2.45 center front noenhanced
set label '2' at 0.5,6.45 center front noenhanced
set xrange [-1:6]
set yrange [8:-1]
plot $pictures0 using 1:2:3:4:5 with rgbimage notitle
